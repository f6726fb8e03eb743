using System.Net.Sockets;
using System.Text;
using HyperSearch.Hosting.Control;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Execution;

/// <summary>Whatever a peer of the control socket says, or does not say, disturbs nobody else.</summary>
public sealed class ControlSocketTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly List<Wish> _heard = [];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private string Path => System.IO.Path.Combine(_scratch.Results, "own", "c.sock");

    public void Dispose() => _scratch.Dispose();

    public static TheoryData<string> Nonsense =>
    [
        "\n", "null\n", "[]\n", "1\n", "\"Stop\"\n", "{}{\n", "{\"what\":\"Sto\n", "{\"what\":\"Explode\"}\n", "\0\u0001\u007f\n",
        "{\"what\":\"StopTrial\",\"trial\":\"seven\"}\n", "{\"what\":\"StopTrial\",\"trial\":1e99}\n",
        new string('[', 60_000) + "\n", "{\"what\":\"Stop\"}\n{\"what\":\"Stop\"}\n",
    ];

    [Theory]
    [MemberData(nameof(Nonsense))]
    public async Task Line_ThatIsNoWishIsAnsweredInASentenceAndHeardByNobody(string line)
    {
        using var socket = Listen();
        Assert.Contains("That is no wish", await SayAsync(Encoding.UTF8.GetBytes(line)), StringComparison.Ordinal);
        Assert.Empty(_heard);
        Assert.Contains("done", await SayAsync("{\"what\":\"GoOn\"}\r\n"u8.ToArray()), StringComparison.Ordinal);
        Assert.Equal(WishKind.GoOn, Assert.Single(_heard).What);
    }

    [Fact]
    public async Task Line_WithoutAnEndIsNoWish()
    {
        using var socket = Listen();
        Assert.Contains("That is no wish", await SayAsync("{\"what\":\"Stop\"}"u8.ToArray(), ends: true), StringComparison.Ordinal);
        Assert.Contains("That is no wish", await SayAsync(new byte[64 << 10]), StringComparison.Ordinal); // as long as a line may be
        Assert.Empty(_heard);
    }

    [Fact]
    public async Task Peers_ThatSayNothingKeepNobodyElseWaiting()
    {
        using var socket = Listen();
        var silent = new List<Socket>();
        try
        {
            for (var i = 0; i < 400; i++)
                silent.Add(await ConnectAsync());
            Assert.Contains("done", await SayAsync("{\"what\":\"GoOn\"}\n"u8.ToArray()), StringComparison.Ordinal);
        }
        finally
        {
            silent.ForEach(peer => peer.Dispose());
        }

        Assert.Contains("done", await SayAsync("{\"what\":\"GoOn\"}\n"u8.ToArray()), StringComparison.Ordinal);
    }

    [Fact]
    public void Socket_IsItsOwnersAlone()
    {
        if (OperatingSystem.IsWindows())
            return; // files have no modes
        using var socket = Listen();
        const UnixFileMode others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(Path) & others);
        Assert.Equal(UnixFileMode.None, File.GetUnixFileMode(System.IO.Path.GetDirectoryName(Path)!) & others);
    }

    private ControlSocket Listen() => new(Path, wish =>
    {
        lock (_heard)
            _heard.Add(wish);
        return Task.FromResult(new WishAnswer(true, "It is done."));
    });

    private Task<Socket> ConnectAsync() => ControlSocket.ConnectAsync(Path, Stop);

    private async Task<string> SayAsync(byte[] said, bool ends = false)
    {
        using var peer = await ConnectAsync();
        await peer.SendAsync(said, Stop);
        if (ends)
            peer.Shutdown(SocketShutdown.Send);
        var answer = new byte[4096];
        return Encoding.UTF8.GetString(answer, 0, await peer.ReceiveAsync(answer, Stop));
    }
}
