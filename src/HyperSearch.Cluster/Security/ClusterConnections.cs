using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Orleans.Configuration;
using Orleans.Runtime.Messaging;

namespace HyperSearch.Cluster.Security;

/// <summary>The network's part of a campaign's silo and of a worker's client: addresses, TLS, and who may call what.</summary>
internal static class ClusterConnections
{
    private const string Name = "hypersearch";

    /// <summary>How soon a worker dials again. Default 0.5 s.</summary>
    private static readonly TimeSpan Redial = TimeSpan.FromSeconds(0.5);

    /// <summary>
    /// Makes a silo that workers reach at <paramref name="listen"/>, and that is a cluster of one: its own port stays on loopback.
    /// <code>builder.UseOrleans(silo => silo.ListenAt(HostAddress.Parse("0.0.0.0:7766"), secret));</code>
    /// </summary>
    /// <exception cref="ClusterException"><see cref="SecretLaw"/> refuses it, or the host is a name.</exception>
    public static ISiloBuilder ListenAt(this ISiloBuilder silo, HostAddress listen, ClusterSecret? secret)
    {
        if (SecretLaw.RefusalToListen(listen, secret is not null) is { } refusal)
            throw new ClusterException(refusal);
        var gateway = listen.ToListen();
        var own = new IPEndPoint(IPAddress.Loopback, FreePort());
        silo.UseDevelopmentClustering(own);
        silo.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Name, Name));
        silo.Configure<EndpointOptions>(endpoints =>
        {
            endpoints.AdvertisedIPAddress = IPAddress.Loopback;
            endpoints.SiloPort = own.Port;
            endpoints.SiloListeningEndpoint = own;
            endpoints.GatewayPort = Dialer.GatewayName.Port;
            endpoints.GatewayListeningEndpoint = gateway;
        });
        silo.AddIncomingGrainCallFilter<CampaignCallFilter>();
        silo.AddIncomingGrainCallFilter<FaultFilter>();
        silo.Services.TryAddSingleton(TimeProvider.System);
        silo.Services.TryAddSingleton<Admission>();
        if (secret is not null)
            silo.Configure<SiloConnectionOptions>(connections => Encrypt(connections, secret));
        return silo;
    }

    /// <summary>
    /// Makes a client that reaches its campaign at <paramref name="host"/>, dials again for ever, and notes what stands between in the
    /// singleton <see cref="Reachability"/>.
    /// <code>builder.UseOrleansClient(client => client.ConnectTo(HostAddress.Parse("gpu-host:7766"), secret));</code>
    /// </summary>
    /// <remarks>The host's <c>StartAsync</c> returns when the campaign has answered; whoever has no patience left cancels it.</remarks>
    /// <exception cref="ClusterException"><see cref="SecretLaw"/> refuses it.</exception>
    public static IClientBuilder ConnectTo(this IClientBuilder client, HostAddress host, ClusterSecret? secret)
    {
        if (SecretLaw.RefusalToConnect(host, secret is not null) is { } refusal)
            throw new ClusterException(refusal);
        var reachability = new Reachability(host);
        client.Services.AddSingleton(reachability);
        client.AddOutgoingGrainCallFilter(call => InvokeWhileConnectedAsync(call, reachability));
        client.UseStaticClustering(Dialer.GatewayName);
        client.Configure<ClusterOptions>(cluster => (cluster.ClusterId, cluster.ServiceId) = (Name, Name));
        client.UseConnectionRetryFilter(async (_, stop) =>
        {
            await Task.Delay(Redial, stop);
            return true;
        });
        client.Configure<ClientConnectionOptions>(connections => connections.ConfigureConnection(connection =>
        {
            connection.Use(next => async context =>
            {
                try
                {
                    await next(context);
                }
                finally
                {
                    reachability.Closed();
                }
            });
            if (secret is not null)
                connection.UseClientTls(SecretTls.Between(secret, SecretTls.Worker, SecretTls.Host, reachability.Refused));
        }));
        Dialer.Use(client.Services, host, onlyLoopback: secret is null);
        return client;
    }

    /// <summary>A call over a connection that closes is lost at once; Orleans would wait for its answer until the call times out.</summary>
    private static async Task InvokeWhileConnectedAsync(IOutgoingGrainCallContext call, Reachability reachability)
    {
        var closing = reachability.Closing;
        var answer = call.Invoke();
        var isOurs = call.InterfaceMethod?.DeclaringType?.Assembly == typeof(ClusterConnections).Assembly;
        if (await Task.WhenAny(answer, closing) == closing && isOurs)
            throw new ConnectionFailedException("The connection to the host was closed before it had answered.");
        await answer;
    }

    private static void Encrypt(SiloConnectionOptions connections, ClusterSecret secret)
    {
        var workers = SecretTls.Between(secret, SecretTls.Host, SecretTls.Worker);
        var silos = SecretTls.Between(secret, SecretTls.Host, SecretTls.Host);
        connections.ConfigureGatewayInboundConnection(connection => Admission.Guard(connection, workers));
        connections.ConfigureSiloInboundConnection(connection => connection.UseServerTls(silos));
        connections.ConfigureSiloOutboundConnection(connection => connection.UseClientTls(silos));
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }
}
