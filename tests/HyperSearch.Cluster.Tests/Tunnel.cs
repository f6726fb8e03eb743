using System.Net;
using System.Net.Sockets;
using HyperSearch.Cluster.Security;

namespace HyperSearch.Cluster.Tests;

/// <summary>A port of this machine that leads to another one, as SSH, a router or a container maps ports.</summary>
internal sealed class Tunnel : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HostAddress _to;
    private readonly List<TcpClient> _ends = [];

    /// <summary>Opens it.</summary>
    public Tunnel(HostAddress to)
    {
        _to = to;
        _listener.Start();
        _ = ServeAsync();
    }

    /// <summary>Where it begins.</summary>
    public HostAddress Address => new("127.0.0.1", ((IPEndPoint)_listener.LocalEndpoint).Port);

    /// <summary>Closes all connections through it, as a host that is killed does; new ones are taken.</summary>
    public void Cut()
    {
        lock (_ends)
        {
            _ends.ForEach(end => end.Close());
            _ends.Clear();
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _listener.Dispose();
        Cut();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptTcpClientAsync();
                var far = new TcpClient();
                lock (_ends)
                    _ends.AddRange([near, far]);
                _ = PassOnAsync(near, far);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException)
        {
            // It was closed.
        }
    }

    private async Task PassOnAsync(TcpClient near, TcpClient far)
    {
        try
        {
            await far.ConnectAsync(_to.Host, _to.Port);
            var (there, back) = (far.GetStream(), near.GetStream());
            await Task.WhenAny(back.CopyToAsync(there), there.CopyToAsync(back));
        }
        catch (Exception end) when (end is SocketException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            // One end is gone, and so is the other.
        }

        near.Close();
        far.Close();
    }
}
