using HyperSearch.Hosting.Stores;
using HyperSearch.SampleHost;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Cluster.Tests.Processes;

/// <summary>The sample of a program that is its own host and worker, and evaluates trials by a function of its own.</summary>
public sealed class ManyMachinesTests
{
    [Fact(Timeout = 120_000)]
    public async Task Sample_OnTwoProcessesGivesTheTrialsOfOne()
    {
        using var scratch = new Scratch();
        using var cluster = new ClusterWorkplace();
        var (alone, many) = (Path.Combine(scratch.Results, "alone"), Path.Combine(scratch.Results, "many"));
        using var worker = cluster.StartSample("cluster-worker", cluster.Address);
        using var host = cluster.StartSample("cluster-host", many, cluster.Address);
        await TuningHost.RunAsync(alone, _ => { }, TestContext.Current.CancellationToken);
        var (ended, left) = (host.Finish(), worker.Finish());
        Assert.Contains("all 40 trials are done: 40 trials", ended.Output, StringComparison.Ordinal);
        Assert.Contains(nameof(WorkerEnding.CampaignOver), left.Output, StringComparison.Ordinal);
        Assert.Equal(Session.Facts(new CampaignFolder(alone)), Session.Facts(new CampaignFolder(many)));
    }
}
