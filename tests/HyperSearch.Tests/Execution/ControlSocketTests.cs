using System.Net.Sockets;
using HyperSearch.Hosting.Control;
using HyperSearch.Hosting.Stores;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Execution;

public sealed class ControlSocketTests
{
    [Fact]
    public void NewOwner_RemovesTheSocketsOfThoseWhoWereKilled()
    {
        if (OperatingSystem.IsWindows())
            return; // the times of sockets cannot be set there
        using var scratch = new Scratch();
        string Path(string name) => System.IO.Path.Combine(scratch.Results, "sockets", name + ".sock");
        ControlPath.Make(Path("own"));
        using var dead = Bound(Path("dead"));
        using var young = Bound(Path("young"));
        using var alive = Bound(Path("alive"));
        alive.Listen();
        foreach (var old in new[] { Path("dead"), Path("alive") })
            File.SetLastWriteTimeUtc(old, File.GetLastWriteTimeUtc(old) - TimeSpan.FromHours(1));
        using var owner = new ControlSocket(Path("own"), _ => Task.FromResult(new WishAnswer(true, "")));
        Assert.Equal(["alive", "own", "young"], Directory.GetFiles(System.IO.Path.Combine(scratch.Results, "sockets"))
            .Select(System.IO.Path.GetFileNameWithoutExtension).Order());
    }

    [Fact]
    public void Campaigns_OfAFolderAreAlsoThoseThatALinkLeadsTo()
    {
        using var scratch = new Scratch();
        var elsewhere = scratch.Campaign("elsewhere");
        var results = Directory.CreateDirectory(Path.Combine(scratch.Results, "results")).FullName;
        Directory.CreateSymbolicLink(Path.Combine(results, "mine"), elsewhere.Path);
        Assert.Equal(["mine"], CampaignFolder.In(results).Select(folder => folder.Name));
    }

    private static Socket Bound(string path)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        socket.Bind(new UnixDomainSocketEndPoint(path));
        return socket;
    }
}
