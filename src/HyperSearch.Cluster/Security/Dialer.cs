using System.Net;
using System.Net.Sockets;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;

namespace HyperSearch.Cluster.Security;

/// <summary>
/// Dials HOST:PORT whatever address the gateway is called by, so that names, tunnels, mapped ports and 0.0.0.0 all work.
/// </summary>
/// <remarks>
/// A gateway passes on what is addressed to any name but its own to "that silo", which does not exist; so every worker calls it
/// <see cref="GatewayName"/>, as it calls itself, and where the bytes go is decided here. The name is resolved anew each time, because a
/// host may come back elsewhere.
/// </remarks>
internal sealed class Dialer(IConnectionFactory inner, HostAddress host, bool onlyLoopback, Reachability reachability) : IConnectionFactory
{
    /// <summary>What every campaign's gateway is called. Nothing listens there.</summary>
    public static readonly IPEndPoint GatewayName = new(IPAddress.Loopback, 30000);

    /// <inheritdoc/>
    public async ValueTask<ConnectionContext> ConnectAsync(EndPoint endpoint, CancellationToken cancellationToken = default)
    {
        try
        {
            return await DialAsync(cancellationToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            reachability.NotReached(failure);
            throw;
        }
    }

    /// <summary>Puts a dialer in the place of a client's connection factory.</summary>
    /// <remarks>The factory is registered by a key that is internal to Orleans, so the registration itself is found and wrapped.</remarks>
    public static void Use(IServiceCollection services, HostAddress host, bool onlyLoopback)
    {
        var known = services.Last(service => service.IsKeyedService && service.ServiceType == typeof(IConnectionFactory));
        services.Remove(known);
        services.AddKeyedSingleton<IConnectionFactory>(known.ServiceKey, (provider, key) => new Dialer(
            (IConnectionFactory)known.KeyedImplementationFactory!(provider, key),
            host,
            onlyLoopback,
            provider.GetRequiredService<Reachability>()));
    }

    private async ValueTask<ConnectionContext> DialAsync(CancellationToken stop)
    {
        var addresses = await Dns.GetHostAddressesAsync(host.Host, stop);
        if (onlyLoopback)
            addresses = Array.FindAll(addresses, IPAddress.IsLoopback); // what a hosts file says of localhost decides nothing
        Exception? last = null;
        foreach (var address in addresses)
        {
            try
            {
                return await inner.ConnectAsync(new IPEndPoint(address, host.Port), stop);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                last = failure;
            }
        }

        throw last ?? new SocketException((int)SocketError.HostNotFound);
    }
}
