namespace HyperSearch.Cluster.Leases;

/// <summary>What a worker process is to hold from now on.</summary>
/// <param name="Incarnation">The session of the host: another one knows nothing of what was sent to this one.</param>
/// <param name="Granted">The jobs to begin; one that the worker holds already is no second job.</param>
/// <param name="Dropped">The jobs to give up, because their outcome is known or another worker has them.</param>
/// <param name="Acknowledged">The finished jobs whose outcomes are on disk, or are not needed any more.</param>
/// <param name="Wanted">The finished jobs whose outcomes have to be sent again.</param>
/// <param name="Refused">The finished jobs that this campaign does not have.</param>
/// <param name="Stopping">The held jobs that are to end early.</param>
/// <param name="IsOver">Whether the campaign needs nothing more.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.Reply")]
internal sealed record Reply(
    [property: Id(0)] string Incarnation,
    [property: Id(1)] GrantedJob[] Granted,
    [property: Id(2)] int[] Dropped,
    [property: Id(3)] int[] Acknowledged,
    [property: Id(4)] int[] Wanted,
    [property: Id(5)] int[] Refused,
    [property: Id(6)] StoppingJob[] Stopping,
    [property: Id(7)] bool IsOver)
{
    /// <summary>Whether the host does not know the worker, which has to join before anything it says counts.</summary>
    [Id(8)]
    public bool JoinFirst { get; init; }

    /// <summary>The reply to a worker that has not joined this session of the host.</summary>
    public static Reply ToStranger(string incarnation) =>
        new(incarnation, [], [], [], [], [], [], IsOver: false) { JoinFirst = true };
}

/// <summary>A job that is to end early.</summary>
/// <param name="Job">Its number.</param>
/// <param name="Reason">The reason, for people.</param>
/// <param name="Epoch">The first epoch at which it may end.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.StoppingJob")]
internal sealed record StoppingJob([property: Id(0)] int Job, [property: Id(1)] string Reason, [property: Id(2)] int Epoch);

/// <summary>A job that a worker is to run.</summary>
/// <param name="Job">Its number.</param>
/// <param name="Identity">Its identity.</param>
/// <param name="Form">The job as <see cref="JobForm"/> writes it.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.GrantedJob")]
internal sealed record GrantedJob([property: Id(0)] int Job, [property: Id(1)] ulong Identity, [property: Id(2)] byte[] Form)
{
    /// <summary>Whether the host has a checkpoint that the trial goes on from.</summary>
    [Id(3)]
    public bool HasCheckpoint { get; init; }
}
