namespace HyperSearch.Cluster;

/// <summary>Why a worker process has ended.</summary>
public enum WorkerEnding
{
    /// <summary>The campaign needs nothing more.</summary>
    CampaignOver,

    /// <summary>The process was told to leave: its jobs went back with their checkpoints, and other workers go on with them.</summary>
    ToldToLeave,

    /// <summary>The host was away for longer than the worker is patient.</summary>
    HostLost,
}
