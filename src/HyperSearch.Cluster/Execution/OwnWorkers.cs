using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Hosting.Execution;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster.Execution;

/// <summary>The threads of the host's own process: they take leases as any other worker does, by direct calls.</summary>
/// <param name="hello">The words with which they join.</param>
/// <param name="workers">The threads.</param>
/// <param name="rules">Times and counts.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where they log.</param>
internal sealed class OwnWorkers(Hello hello, LocalWorkers workers, LeaseRules rules, TimeProvider time, ILogger logger)
{
    /// <summary>The name under which they join.</summary>
    public string Name => hello.Worker;

    /// <summary>The jobs in the hands of the threads at this moment, by the threads' own numbers.</summary>
    public IEnumerable<JobInFlight> InFlight => workers.InFlight;

    /// <summary>Joins and serves until told to leave.</summary>
    /// <exception cref="Exception">A worker thread itself failed.</exception>
    public async Task RunAsync(Coordinator session, CancellationToken leave)
    {
        session.Admit(hello);
        var leased = new LeasedWorkers(hello.Worker, hello.Slots, workers, session.ExchangeAsync, courier: null, rules, time, logger)
        {
            HostIsHere = true,
        };
        await leased.RunAsync(leave);
    }
}
