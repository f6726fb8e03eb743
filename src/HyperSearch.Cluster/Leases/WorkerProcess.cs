namespace HyperSearch.Cluster.Leases;

/// <summary>A worker process as the host knows it from its reports.</summary>
internal sealed class WorkerProcess(string name)
{
    /// <summary>Its name.</summary>
    public string Name => name;

    /// <summary>The number of its latest report.</summary>
    public long Number { get; private set; } = -1;

    /// <summary>Whether it is leaving.</summary>
    public bool IsDraining { get; private set; }

    /// <summary>When it was last heard.</summary>
    public TimeSpan Heard { get; set; }

    /// <summary>What it holds, in the order in which it was granted: the first ones run, the others wait there.</summary>
    public List<Run> Runs { get; } = [];

    /// <summary>The reply that is kept back until there is something to say; <c>null</c> while none is.</summary>
    public ReplyDraft? Kept { get; set; }

    /// <summary>Whether it would take another job.</summary>
    public bool HasRoom => !IsDraining && Runs.Count < _capacity;

    private int _slots;
    private int _capacity;

    /// <summary>Takes down what a report says of the process itself.</summary>
    public void Take(Report report) => (Number, _slots, _capacity, IsDraining) = (report.Number, report.Slots, report.Capacity, report.IsDraining);

    /// <summary>Gives it a lease.</summary>
    public void Add(Run run, TimeSpan now)
    {
        Runs.Add(run);
        run.Lease.Runs.Add(run);
        Begin(now);
    }

    /// <summary>Takes a lease from it.</summary>
    public void Remove(Run run, TimeSpan now)
    {
        Runs.Remove(run);
        run.Lease.Runs.Remove(run);
        Begin(now);
    }

    /// <summary>Notes which jobs its slots have begun.</summary>
    private void Begin(TimeSpan now)
    {
        foreach (var run in Runs.Take(_slots))
            run.Since ??= now;
    }
}

/// <summary>A reply in the making.</summary>
/// <param name="number">The report that it answers.</param>
/// <param name="leaves">When it leaves at the latest.</param>
internal sealed class ReplyDraft(long number, TimeSpan leaves)
{
    /// <summary>The report that it answers.</summary>
    public long Number => number;

    /// <summary>When it leaves at the latest.</summary>
    public TimeSpan Leaves => leaves;

    /// <summary>The jobs to begin.</summary>
    public List<Lease> Granted { get; } = [];

    /// <summary>The jobs to give up.</summary>
    public List<int> Dropped { get; } = [];

    /// <summary>The finished jobs that are on disk.</summary>
    public List<int> Acknowledged { get; } = [];

    /// <summary>The finished jobs whose outcomes have to be sent again.</summary>
    public List<int> Wanted { get; } = [];

    /// <summary>The finished jobs that the campaign does not have.</summary>
    public List<int> Refused { get; } = [];

    /// <summary>Whether it says something that the worker should not wait for.</summary>
    public bool IsUrgent => Granted.Count + Dropped.Count + Wanted.Count + Refused.Count > 0;
}
