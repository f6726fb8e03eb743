using HyperSearch.Cluster;
using HyperSearch.Cluster.Security;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HyperSearch.SampleHost;

/// <summary>
/// The campaign of <see cref="TuningHost"/> on many machines: this program is its host on one and a worker on the others.
/// </summary>
public static class ManyMachines
{
    /// <summary>Both ends take the secret from their environment; on one machine none is needed.</summary>
    private static ClusterSecret? Secret => ClusterSecret.FromFileOrEnvironment(file: null, Environment.GetEnvironmentVariable);

    /// <summary>Runs the campaign to its end, by workers elsewhere only.</summary>
    /// <param name="folder">Where it is kept.</param>
    /// <param name="listen">Where workers connect, as HOST:PORT.</param>
    public static async Task<CampaignEnding> HostAsync(string folder, string listen)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddHyperSearchCluster(new ClusterHostOptions(listen) { Secret = Secret, OwnWorkers = 0 });
        builder.Services.AddHyperSearch(Valley.Search, folder, _ => new DelegateObjective(Valley.DescendAsync), stopsHost: true);
        using var host = builder.Build();
        var campaign = host.Services.GetRequiredService<CampaignService>();
        await host.RunAsync();
        return await campaign.Ending;
    }

    /// <summary>Works for the campaign until it is over.</summary>
    /// <param name="connect">Where the campaign listens, as HOST:PORT.</param>
    public static async Task<WorkerEnding> WorkAsync(string connect)
    {
        var builder = Host.CreateApplicationBuilder();
        builder.AddHyperSearchWorker(
            new ClusterWorkerOptions(connect) { Secret = Secret, Slots = 2 }, _ => new DelegateObjective(Valley.DescendAsync));
        using var host = builder.Build();
        var worker = host.Services.GetRequiredService<WorkerService>();
        await host.RunAsync();
        return await worker.Ending;
    }
}
