namespace HyperSearch.Cluster.Execution;

/// <summary>When a job's checkpoint is brought to the host.</summary>
internal enum CheckpointMoment
{
    /// <summary>While the job runs, in case its worker is killed.</summary>
    Running,

    /// <summary>The worker leaves, and another one goes on with the job.</summary>
    Interrupted,

    /// <summary>The job has its outcome: this is what the next job of the trial goes on from.</summary>
    Over,
}
