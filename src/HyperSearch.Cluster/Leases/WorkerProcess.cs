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
    public void Take(Report report)
    {
        (Number, _slots, _capacity) = (report.Number, report.Slots, report.Capacity);
        IsDraining = report.IsDraining;
    }

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
