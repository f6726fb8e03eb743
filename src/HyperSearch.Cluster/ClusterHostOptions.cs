using HyperSearch.Cluster.Security;

namespace HyperSearch.Cluster;

/// <summary>How a campaign opens to workers on other machines.</summary>
/// <param name="Listen">Where it listens, as HOST:PORT: <c>0.0.0.0:7766</c> for all addresses of this machine.</param>
public sealed record ClusterHostOptions(string Listen)
{
    /// <summary>The secret that host and workers share. Default <c>null</c>: none, which is allowed on loopback addresses only.</summary>
    public ClusterSecret? Secret { get; init; }

    /// <summary>How many threads of this process take part. Default: the campaign's own number of workers; 0 for none.</summary>
    public int? OwnWorkers { get; init; }

    /// <summary>
    /// A folder that this machine and all workers see, which holds the campaign's folder: data in it and checkpoints are then not sent.
    /// Default <c>null</c>: none.
    /// </summary>
    public string? Shared { get; init; }

    /// <summary>Whether a worker's program may be another build than this one, where a function in it evaluates trials. Default false:
    /// another build may give other values.</summary>
    public bool AnyProgram { get; init; }
}
