namespace HyperSearch.Cluster.Leases;

/// <summary>The times and counts of the lease protocol.</summary>
internal sealed record LeaseRules
{
    /// <summary>How long a worker may be silent before its leases end. Default 15 s.</summary>
    public TimeSpan TimeToLive { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How often a worker speaks at least. Default 3 s.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(3);

    /// <summary>
    /// How long a host that was killed waits for the workers of its last session before it hands out what they may have in hand: two beats,
    /// because who lives has called again by then, and a job that runs twice only costs its time.
    /// </summary>
    public TimeSpan Adoption => Beat * 2;

    /// <summary>A job that has cost so many workers ends as failed: it may be what kills them. Default 3.</summary>
    public int MostLosses { get; init; } = 3;

    /// <summary>How often the checkpoint of a running job is brought to the host. Default 30 s.</summary>
    /// <remarks>More seldom where that takes more than a tenth of the time.</remarks>
    public TimeSpan CheckpointEvery { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// Among so many waiting jobs a worker takes one first whose trial's checkpoint it has; 0: whoever has room takes the lowest.
    /// Default 16.
    /// </summary>
    public int Affinity { get; init; } = 16;

    /// <summary>
    /// A job is given to an idle worker too when it has run so many times longer than jobs of its length do; 0 for never. Default 2.5.
    /// </summary>
    /// <remarks>Dean and Ghemawat 2004, MapReduce, section 3.6: backup tasks.</remarks>
    public double BackupAfter { get; init; } = 2.5;

    /// <summary>No job is given to a second worker sooner than this. Default 0.5 s.</summary>
    public TimeSpan SoonestBackup { get; init; } = TimeSpan.FromSeconds(0.5);
}
