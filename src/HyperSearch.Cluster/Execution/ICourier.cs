using HyperSearch.Planning;

namespace HyperSearch.Cluster.Execution;

/// <summary>Brings checkpoints between a worker process and the host, and logs to the host.</summary>
internal interface ICourier
{
    /// <summary>Brings the checkpoint that a trial goes on from, if the host has one and the worker does not.</summary>
    Task FetchAsync(Job job, CancellationToken stop);

    /// <summary>
    /// Brings the checkpoint of a job to the host, if it changed, and the end of its log; the host takes them only while the job is open.
    /// </summary>
    /// <param name="job">The job.</param>
    /// <param name="identity">The job's identity.</param>
    /// <param name="moment">Where the job stands.</param>
    /// <param name="stop">Gives up.</param>
    Task SendAsync(Job job, ulong identity, CheckpointMoment moment, CancellationToken stop);
}
