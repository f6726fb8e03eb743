using System.Collections.Immutable;
using HyperSearch.Cluster.Security;

namespace HyperSearch.Cluster;

/// <summary>How a worker process works for a campaign on another machine.</summary>
/// <param name="Connect">Where the campaign listens, as HOST:PORT.</param>
public sealed record ClusterWorkerOptions(string Connect)
{
    /// <summary>The secret that host and workers share. Default <c>null</c>: none, which is allowed on loopback addresses only.</summary>
    public ClusterSecret? Secret { get; init; }

    /// <summary>How many jobs it runs at a time. Default: one per core.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.</exception>
    public int Slots
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1, nameof(Slots));
            field = value;
        }
    } = Environment.ProcessorCount;

    /// <summary>Labels that a campaign may ask for, such as <c>gpu=a100</c>. Default: none.</summary>
    public ImmutableArray<string> Labels { get; init => field = value.IsDefault ? [] : value; } = [];

    /// <summary>The folder for files of campaigns: data, checkpoints, logs. Default: <c>hypersearch</c> in the user's folder for
    /// application data.</summary>
    public string Work { get; init; } = Path.Combine(
        Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "hypersearch");

    /// <summary>The folder that stands for the search file's folder at the host, where commands are to run in files that are here already.
    /// Default <c>null</c>: the folder of the same path.</summary>
    public string? Root { get; init; }

    /// <summary>
    /// The folder that the host shares with its workers (<see cref="ClusterHostOptions.Shared"/>), as this machine sees it. Default
    /// <c>null</c>: none.
    /// </summary>
    public string? Shared { get; init; }

    /// <summary>
    /// How many bytes of data and programs to keep for later campaigns, in the folder <see cref="Work"/>: beyond, what was not used for
    /// longest goes, and never what a living worker uses. Default 20 · 10⁹.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public long CacheBytes
    {
        get;
        init
        {
            ArgumentOutOfRangeException.ThrowIfNegative(value, nameof(CacheBytes));
            field = value;
        }
    } = 20_000_000_000;

    /// <summary>
    /// How long to wait for a host that is away, before a campaign and during one. Default 10 minutes. With <see cref="Keep"/> it bounds
    /// only the time during a campaign.
    /// </summary>
    public TimeSpan Patience { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Whether to wait for the next campaign, without end, when one is over or its host has gone. Default false: the process ends.
    /// </summary>
    public bool Keep { get; init; }

    /// <summary>Whether to refuse campaigns whose trials are commands. Default false: a worker trusts its campaign as a shell would.
    /// </summary>
    public bool OnlyTraining { get; init; }

    /// <summary>Whether the process's host stops when the worker has ended. Default true.</summary>
    public bool StopsHost { get; init; } = true;
}
