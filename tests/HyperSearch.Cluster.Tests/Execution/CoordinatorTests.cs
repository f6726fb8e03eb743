using HyperSearch.Cluster.Execution;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Hosting.Execution;
using HyperSearch.Tests.Execution;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Cluster.Tests.Execution;

/// <summary>Threads of this process that get their jobs as leases keep the promises of all workers.</summary>
public sealed class CoordinatorTests : WorkersContract
{
    private static readonly LeaseRules Rules = new() { Beat = TimeSpan.FromSeconds(0.2) };

    internal override IWorkers Create(JobRunner runner, int workers, int slots)
    {
        var threads = new LocalWorkers(runner, workers, workers, trialTimeout: null, TimeProvider.System, NullLogger.Instance);
        var own = new OwnWorkers(HelloOf("own", workers), threads, Rules, TimeProvider.System, NullLogger.Instance);
        var facts = new HostFacts { Campaign = "c", Identity = "1", SearchText = "", SearchFolder = "" };
        return new Coordinator(facts, slots, own, [], _ => false, Rules, TimeProvider.System, NullLogger.Instance);
    }

    private protected override Task SettledAsync(IWorkers workers, int job) =>
        Task.Delay(Rules.Beat * 2, TestContext.Current.CancellationToken);

    private static Hello HelloOf(string name, int slots) =>
        new(Protocol.Version, Protocol.Product, name, "machine", 1, 2, slots, [], "", "", RunsCommands: true);
}
