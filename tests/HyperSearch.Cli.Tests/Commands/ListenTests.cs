using System.Net;
using System.Net.Sockets;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Output;
using HyperSearch.Cli.Tests.Drivers;
using HyperSearch.Cli.Tests.EndToEnd;

namespace HyperSearch.Cli.Tests.Commands;

/// <summary>A door that cannot be opened is refused in a sentence before anything is made.</summary>
public sealed class ListenTests
{
    private const string Secret = @"hs1_[A-Za-z0-9_-]{43}";

    private static readonly Terminal Quiet = Terminal.Piped(TextWriter.Null, TextWriter.Null);

    [Theory]
    [InlineData("127.0.0.1", "HOST:PORT")]
    [InlineData("127.0.0.1:", "HOST:PORT")]
    [InlineData("127.0.0.1:70000", "HOST:PORT")]
    [InlineData("::1:7800", "[::1]:7766")]
    [InlineData("203.0.113.7:7766", "an address of this machine")]
    [InlineData("gpu-host:7766", "0.0.0.0:7766 for all of them")]
    public Task Address_ThatCannotBe_IsRefused(string listen, string words) => RefusedAsync(words, "--listen", listen);

    [Fact]
    public async Task Port_ThatIsTaken_IsRefused()
    {
        using var other = new TcpListener(IPAddress.Loopback, 0);
        other.Start();
        await RefusedAsync("Take another port", "--listen", other.LocalEndpoint.ToString()!);
    }

    [Fact]
    public async Task Workers_NoneAndNoDoor_AreRefused() => await RefusedAsync("--workers 0 needs --listen", "--workers", "0");

    [Fact]
    public async Task SecretFile_ThatHoldsNone_IsRefused()
    {
        using var place = new Workplace();
        place.Write("not.secret", "swordfish");
        await RefusedAsync("holds no cluster secret", "--listen", "127.0.0.1:0", "--secret-file", place.PathOf("not.secret"));
        await RefusedAsync("cannot be read", "--listen", "127.0.0.1:0", "--secret-file", place.PathOf("none.secret"));
        await RefusedAsync("is a folder", "--listen", "127.0.0.1:0", "--secret-file", place.Folder);
        await RefusedAsync("needs --listen", "--secret-file", place.PathOf("not.secret"));
    }

    [Fact]
    public void Port0_IsAFreeOneThatIsSaid() =>
        Assert.Matches(@"\A --listen \[::1\]:[1-9]\d{3,4} --workers 1\z", ClusterHost.Open("[::1]:0", null, 1, Quiet).Again);

    [Fact]
    public void Again_NamesTheSecretAndTheFolderThatWereGiven()
    {
        using var place = new Workplace();
        var secret = place.PathOf("my secret");
        SecretFile.New(secret);
        var door = ClusterHost.Open("127.0.0.1:0", secret, null, Quiet).Sharing(place.Folder, place.PathOf("results/c"));
        Assert.EndsWith($" --secret-file \"{secret}\" --shared {place.Folder}", door.Again, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_GoesIntoAFileOfItsOwnersOnly()
    {
        using var place = new Workplace();
        var printed = await InProcess.RunAsync("cluster", "secret");
        Assert.Matches($@"\A{Secret}\n\z", printed.Output);
        var file = place.PathOf("new.secret");
        Assert.Equal(0, (await InProcess.RunAsync("cluster", "secret", "--out", file)).Code);
        Assert.Matches($@"\A{Secret}\s*\z", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken));
        var again = await InProcess.RunAsync("cluster", "secret", "--out", file);
        Assert.Equal(2, again.Code);
        Assert.Contains("exists already", again.Error, StringComparison.Ordinal);
        var wrong = await InProcess.RunAsync("cluster", "key");
        Assert.Equal(2, wrong.Code);
        Assert.Contains("hypersearch cluster secret", wrong.Error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(UnixFileMode.None, "")]
    [InlineData(UnixFileMode.GroupRead, "chmod 600 ")]
    [InlineData(UnixFileMode.OtherWrite, "chmod 600 ")]
    public void SecretFile_IsItsOwnersOnlyOrToldOf(UnixFileMode others, string words)
    {
        if (OperatingSystem.IsWindows())
            return; // modes of files are Unix's
        using var place = new Workplace();
        var file = place.PathOf("new.secret");
        var secret = SecretFile.New(file).Reveal();
        const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(Owner, File.GetUnixFileMode(file));
        File.SetUnixFileMode(file, Owner | others);
        using var told = new StringWriter();
        Assert.Equal(secret, SecretFile.Given(file, Terminal.Piped(TextWriter.Null, told, width: 1000))?.Reveal());
        Assert.Contains(words, told.ToString(), StringComparison.Ordinal);
        Assert.Equal(words.Length == 0, told.ToString().Length == 0);
        Assert.DoesNotContain(secret, told.ToString(), StringComparison.Ordinal);
    }

    private static async Task RefusedAsync(string words, params string[] options)
    {
        using var place = new Workplace();
        var run = await RunAsync(place, options);
        Assert.Equal((2, ""), (run.Code, run.Output));
        Assert.Matches(@"\Aerror: [^\n]+\n\z", run.Error);
        Assert.Contains(words, run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(place.PathOf("results")));
    }

    private static Task<Finished> RunAsync(Workplace place, params string[] options) =>
        InProcess.RunAsync(["run", place.PathOf("tiny.yaml"), "--results", place.PathOf("results"), .. options]);
}
