namespace HyperSearch.Cluster.Leases;

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

    /// <summary>The held jobs that are to stop.</summary>
    public List<StoppingJob> Stopping { get; } = [];

    /// <summary>Whether it says something that the worker should not wait for.</summary>
    public bool IsUrgent => Granted.Count + Dropped.Count + Wanted.Count + Refused.Count + Stopping.Count > 0;

    /// <summary>The reply as it leaves.</summary>
    public Reply ToReply(string incarnation, bool isOver) => new(
        incarnation,
        [.. Granted.Select(lease => lease.Grant)],
        [.. Dropped],
        [.. Acknowledged],
        [.. Wanted],
        [.. Refused],
        [.. Stopping.Union(Granted.Select(lease => lease.Stop).OfType<StoppingJob>())], // what begins hears of it with its beginning
        isOver);
}
