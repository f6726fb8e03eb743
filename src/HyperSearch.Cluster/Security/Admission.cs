using System.Net;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Connections.Security;

namespace HyperSearch.Cluster.Security;

/// <summary>
/// Lets in at the host's port who proves to know the secret, and logs who did not: a worker sees only a closed connection.
/// </summary>
internal sealed class Admission(TimeProvider time, ILogger<Admission> logger)
{
    private static readonly TimeSpan Silence = TimeSpan.FromMinutes(1);
    private static readonly object Admitted = new();

    private readonly Lock _gate = new();
    private readonly Dictionary<IPAddress, long> _told = [];

    /// <summary>Puts TLS in front of a gateway's connections.</summary>
    public static void Guard(IConnectionBuilder connections, TlsOptions tls)
    {
        var admission = connections.ApplicationServices.GetRequiredService<Admission>();
        connections.Use(next => async connection =>
        {
            await next(connection);
            if (!connection.Items.ContainsKey(Admitted))
                admission.Refused(connection.RemoteEndPoint);
        });
        connections.UseServerTls(tls);
        connections.Use(next => connection =>
        {
            connection.Items[Admitted] = true;
            return next(connection);
        });
    }

    /// <summary>Logs it, once a minute for each address: a worker tries again twice a second.</summary>
    private void Refused(EndPoint? remote)
    {
        if (remote is not IPEndPoint { Address: var address })
            return;
        lock (_gate)
        {
            if (_told.TryGetValue(address, out var last) && time.GetElapsedTime(last) < Silence)
                return;
            if (_told.Count >= 1024)
                _told.Clear(); // many addresses at once are no worker of ours; forgetting them costs a line each
            _told[address] = time.GetTimestamp();
        }

        Log.SecretRefused(logger, address);
    }
}
