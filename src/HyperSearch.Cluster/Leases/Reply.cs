namespace HyperSearch.Cluster.Leases;

/// <summary>What a worker process is to hold from now on.</summary>
/// <param name="Incarnation">The session of the host: another one knows nothing of what was sent to this one.</param>
/// <param name="Granted">The jobs to begin; one that the worker holds already is no second job.</param>
/// <param name="Dropped">The jobs to give up, because their outcome is known or another worker has them.</param>
/// <param name="Acknowledged">The finished jobs whose outcomes are on disk, or are not needed any more.</param>
/// <param name="Wanted">The finished jobs whose outcomes have to be sent again.</param>
/// <param name="Refused">The finished jobs that this campaign does not have.</param>
/// <param name="IsOver">Whether the campaign needs nothing more.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.Reply")]
internal sealed record Reply(
    [property: Id(0)] string Incarnation,
    [property: Id(1)] GrantedJob[] Granted,
    [property: Id(2)] int[] Dropped,
    [property: Id(3)] int[] Acknowledged,
    [property: Id(4)] int[] Wanted,
    [property: Id(5)] int[] Refused,
    [property: Id(6)] bool IsOver);

/// <summary>A job that a worker is to run.</summary>
/// <param name="Job">Its number.</param>
/// <param name="Identity">Its identity.</param>
/// <param name="Form">The job as <see cref="JobForm"/> writes it.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.GrantedJob")]
internal sealed record GrantedJob([property: Id(0)] int Job, [property: Id(1)] ulong Identity, [property: Id(2)] byte[] Form);
