using System.Collections.Concurrent;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Workers;

/// <summary>An objective that keeps the jobs it is given, so that they can be trained again without a campaign.</summary>
internal sealed class Recorded(IObjective objective) : IObjective
{
    private readonly ConcurrentQueue<Job> _jobs = [];

    /// <summary>The jobs in the order in which they began.</summary>
    public IReadOnlyCollection<Job> Jobs => _jobs;

    public bool CheckpointsAreExpendable => objective.CheckpointsAreExpendable;

    public double WorkPerEpoch(Point point) => objective.WorkPerEpoch(point);

    public void Run(IJobContext job, CancellationToken stop)
    {
        _jobs.Enqueue(job.Job);
        objective.Run(job, stop);
    }
}
