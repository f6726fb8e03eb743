namespace HyperSearch.Cluster.Execution;

/// <summary>Why a worker process has no leases any more.</summary>
internal enum LeaseEnding
{
    /// <summary>The campaign needs nothing more.</summary>
    Over,

    /// <summary>The process was told to leave: its jobs went back.</summary>
    Left,

    /// <summary>Trials can no longer be run here: its jobs went back.</summary>
    Unfit,

    /// <summary>The host was silent for longer than the process is patient.</summary>
    HostLost,

    /// <summary>The host has begun another campaign.</summary>
    OtherCampaign,

    /// <summary>The host came back as one that does not take the process.</summary>
    Refused,
}
