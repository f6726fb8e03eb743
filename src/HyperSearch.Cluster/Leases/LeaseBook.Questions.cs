using HyperSearch.Planning;

namespace HyperSearch.Cluster.Leases;

/// <summary>Questions about where jobs and workers stand, which change nothing.</summary>
internal sealed partial class LeaseBook
{
    /// <summary>The jobs in the hands of workers at this moment.</summary>
    public IEnumerable<Run> Runs => _workers.Values.SelectMany(worker => worker.Runs);

    /// <summary>A job whose outcome is still to come; <c>null</c> for any other, and for another job of the same number.</summary>
    public Job? Awaited(int number, ulong identity) =>
        _open.TryGetValue(number, out var lease) && !lease.HasArrived && lease.Grant.Identity == identity ? lease.Job : null;

    /// <summary>Whether a worker has a job in hand.</summary>
    public bool IsRunBy(int number, string? worker) =>
        _open.TryGetValue(number, out var lease) && lease.Runs.Exists(run => run.Worker.Name == worker);

    /// <summary>Whether a job may still be offered under a number.</summary>
    public bool MayOffer(int number) => number > _highest;

    /// <summary>Whether any job's outcome is still to come.</summary>
    public bool HasWork => _open.Values.Any(lease => !lease.HasArrived);

    /// <summary>A job that is not yet on disk; <c>null</c> when it is, or never was.</summary>
    public Job? JobOf(int number) => _open.GetValueOrDefault(number)?.Job;
}
