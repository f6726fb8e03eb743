using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Control;

/// <summary>A Unix socket by which other processes of the same user tell the owner of a campaign what they wish.</summary>
internal sealed class ControlSocket : IDisposable
{
    private const int LongestLine = 64 << 10, ShortestBuffer = 1 << 10;
    private const int Waiting = 128; // connections that are not yet taken; one more would be told that nobody listens
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30), Young = TimeSpan.FromMinutes(1);
    private readonly Socket _socket = New();
    private readonly string _path;
    private readonly CancellationTokenSource _over = new();

    /// <summary>Listens.</summary>
    /// <param name="path">The socket's path; what an owner that was killed left there is removed.</param>
    /// <param name="fulfil">Fulfils a wish, or says why not.</param>
    /// <exception cref="IOException">There can be no socket.</exception>
    /// <exception cref="SocketException">There can be no socket.</exception>
    public ControlSocket(string path, Func<Wish, Task<WishAnswer>> fulfil)
    {
        _path = path;
        ControlPath.Make(path);
        File.Delete(path); // the campaign's lock is ours, so whoever left it is dead
        _socket.Bind(At(path));
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        _socket.Listen(Waiting);
        Sweep(path);
        _ = ServeAsync(fulfil);
    }

    /// <summary>Asks the owner of a campaign.</summary>
    /// <returns>Its answer; where nobody runs the campaign or answers, a sentence that says so.</returns>
    public static async Task<WishAnswer> AskAsync(CampaignFolder folder, Wish wish, CancellationToken stop)
    {
        if (!CampaignLock.IsOwned(folder))
            return new WishAnswer(false, $"{folder.Name} does not run at the moment.");
        if (CampaignLock.Owner(folder) is not { } owner || owner.Control is not { } path)
            return new WishAnswer(false, $"The process that runs {folder.Name} is of an older version and hears no wishes.");
        if (owner.Machine != Environment.MachineName)
            return new WishAnswer(false, $"{folder.Name} runs on {owner.Machine}, and only that machine can reach it.");
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(Patience);
            using var socket = await ConnectAsync(path, patience.Token);
            await using var stream = new NetworkStream(socket);
            await stream.WriteAsync(
                Encoding.UTF8.GetBytes(JsonSerializer.Serialize(wish, WishJson.Default.Wish) + "\n"), patience.Token);
            var line = await new StreamReader(stream, Encoding.UTF8).ReadLineAsync(patience.Token);
            return (line is null ? null : JsonSerializer.Deserialize(line, WishJson.Default.WishAnswer)) ?? Silent(folder);
        }
        catch (Exception fault) when (fault is SocketException or IOException or JsonException
            || fault is OperationCanceledException && !stop.IsCancellationRequested)
        {
            return Silent(folder);
        }
    }

    /// <summary>Connects; where too many wait for an owner that is busy, it waits with them.</summary>
    internal static async Task<Socket> ConnectAsync(string path, CancellationToken stop)
    {
        while (true)
        {
            var socket = New();
            try
            {
                await socket.ConnectAsync(At(path), stop);
                return socket;
            }
            catch (SocketException busy) when (busy.SocketErrorCode == SocketError.WouldBlock)
            {
                socket.Dispose();
                await Task.Delay(20, stop);
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _over.Cancel();
        _socket.Dispose();
        _over.Dispose();
        File.Delete(_path);
    }

    /// <summary>Removes what owners of other campaigns left who were killed: where nobody listens, the system refuses at once.</summary>
    /// <param name="own">The socket of this owner.</param>
    private static void Sweep(string own)
    {
        try
        {
            var now = File.GetLastWriteTimeUtc(own);
            foreach (var path in Directory.EnumerateFiles(Path.GetDirectoryName(own)!, "*.sock"))
            {
                if (now - File.GetLastWriteTimeUtc(path) > Young && IsDead(path)) // a younger one may be about to listen
                    File.Delete(path);
            }
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // it stays for the next owner
        }
    }

    private static bool IsDead(string path)
    {
        try
        {
            using var socket = New();
            socket.Connect(At(path));
            return false;
        }
        catch (SocketException refused)
        {
            return refused.SocketErrorCode == SocketError.ConnectionRefused;
        }
    }

    private static WishAnswer Silent(CampaignFolder folder) =>
        new(false, $"The process that runs {folder.Name} does not answer; it may be starting, or about to end.");

    private static UnixDomainSocketEndPoint At(string path)
    {
        try
        {
            return new UnixDomainSocketEndPoint(path);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new IOException($"The path \"{path}\" is too long for a socket. Give TMPDIR or XDG_RUNTIME_DIR a shorter folder.");
        }
    }

    private static Socket New() => new(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);

    private async Task ServeAsync(Func<Wish, Task<WishAnswer>> fulfil)
    {
        var stop = _over.Token;
        try
        {
            while (true)
                _ = AnswerAsync(await _socket.AcceptAsync(stop), fulfil, stop);
        }
        catch (Exception closed) when (closed is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The session is over.
        }
    }

    /// <summary>Hears one wish. A peer that says nothing, too much or nonsense, or goes, disturbs nobody else.</summary>
    private static async Task AnswerAsync(Socket peer, Func<Wish, Task<WishAnswer>> fulfil, CancellationToken stop)
    {
        try
        {
            using var owned = peer;
            await using var stream = new NetworkStream(peer);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stop);
            patience.CancelAfter(Patience);
            var answer = await LineAsync(stream, patience.Token) is { } line && Wish.Read(line) is { } wish
                ? await fulfil(wish)
                : new WishAnswer(false, "That is no wish that this version knows.");
            await stream.WriteAsync(Encoding.UTF8.GetBytes(JsonSerializer.Serialize(answer, WishJson.Default.WishAnswer) + "\n"),
                patience.Token);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException or SocketException or ObjectDisposedException)
        {
            // Nobody waits for the answer any more.
        }
    }

    private static async Task<string?> LineAsync(NetworkStream stream, CancellationToken stop)
    {
        var line = new byte[ShortestBuffer]; // a peer that says nothing costs little
        var length = 0;
        while (length < LongestLine)
        {
            if (length == line.Length)
                Array.Resize(ref line, 2 * length);
            var read = await stream.ReadAsync(line.AsMemory(length), stop);
            if (read == 0)
                return null;
            length += read;
            if (line[length - 1] == '\n')
                return Encoding.UTF8.GetString(line, 0, length - 1);
        }

        return null;
    }
}
