using System.Globalization;
using System.Net;

namespace HyperSearch.Cluster.Security;

/// <summary>HOST:PORT as a person writes it: where a campaign listens, or where a worker finds it.</summary>
/// <param name="Host">A name, an IPv4 address, or an IPv6 address without its brackets.</param>
/// <param name="Port">The TCP port, up to 65535; 0 for any free one of this machine.</param>
internal sealed record HostAddress(string Host, int Port)
{
    /// <summary>
    /// Whether nothing but this machine can be behind it: <c>localhost</c>, or an address that is always this machine's own.
    /// </summary>
    public bool IsLoopback =>
        Host.Equals("localhost", StringComparison.OrdinalIgnoreCase)
        || (IPAddress.TryParse(Host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Reads HOST:PORT; an IPv6 address stands in brackets.</summary>
    /// <param name="text">What a person wrote.</param>
    /// <param name="leastPort">The least port: 0 where any free one will do, else 1.</param>
    /// <exception cref="ClusterException"><paramref name="text"/> is not of that form.</exception>
    public static HostAddress Parse(string text, int leastPort = 1)
    {
        ArgumentNullException.ThrowIfNull(text);
        var colon = text.LastIndexOf(':');
        var host = colon < 0 ? text : text[..colon];
        var isBracketed = host.StartsWith('[') && host.EndsWith(']');
        if (isBracketed)
            host = host[1..^1];
        return colon > 0 && int.TryParse(text.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var port)
            && port >= leastPort && port <= 65535 && host.Contains(':') == isBracketed && Uri.CheckHostName(host) != UriHostNameType.Unknown
            ? new HostAddress(host, port)
            : throw new ClusterException($"\"{text}\" is not HOST:PORT, such as 0.0.0.0:7766, [::1]:7766 or gpu-host:7766.");
    }

    /// <summary>The address as a socket listens on it.</summary>
    /// <exception cref="ClusterException">
    /// The host is a name, which says nothing about which of this machine's addresses is meant.
    /// </exception>
    public IPEndPoint ToListen() =>
        Host.Equals("localhost", StringComparison.OrdinalIgnoreCase) ? new IPEndPoint(IPAddress.Loopback, Port)
        : IPAddress.TryParse(Host, out var address) ? new IPEndPoint(address, Port)
        : throw new ClusterException(
            $"A campaign listens on an address of this machine, not on a name: 0.0.0.0:{Port} for all of them, instead of {this}.");

    /// <summary>HOST:PORT.</summary>
    public override string ToString() => Host.Contains(':') ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
