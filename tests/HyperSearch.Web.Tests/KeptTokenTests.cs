using HyperSearch.Tests.Stores;

namespace HyperSearch.Web.Tests;

/// <summary>The token of a user's own pages.</summary>
public sealed class KeptTokenTests
{
    [Fact]
    public void Read_GivesTheSameTokenAgainAndOnlyItsOwnerCanReadIt()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Results, "below", "page-token");
        var token = KeptToken.Read(path);
        Assert.Equal(48, token.Length);
        Assert.Equal(token, KeptToken.Read(path));
        if (!OperatingSystem.IsWindows())
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
    }

    [Fact]
    public void Read_MakesAnotherTokenWhenOthersCouldReadTheOldOne()
    {
        using var scratch = new Scratch();
        var path = Path.Combine(scratch.Results, "page-token");
        var token = KeptToken.Read(path);
        if (OperatingSystem.IsWindows())
            return;
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead);
        Assert.NotEqual(token, KeptToken.Read(path));
    }
}
