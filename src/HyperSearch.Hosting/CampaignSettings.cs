using HyperSearch.Planning;

namespace HyperSearch.Hosting;

/// <summary>
/// Settings of a hosted campaign that an operator may change without the program: the section <c>HyperSearch:NAME</c> of the host's
/// configuration. An absent one leaves the program's.
/// </summary>
/// <remarks>
/// They are validated with the whole search when the host starts; an unknown key, and a value that the search cannot run with, are refused
/// there.
/// </remarks>
/// <example>
/// <code>
/// "HyperSearch": { "mine": { "Trials": 240, "Workers": 4, "TimeLimit": "02:00:00" } }
/// </code>
/// </example>
public sealed class CampaignSettings
{
    /// <summary>How many trials in all.</summary>
    public int? Trials { get; set; }

    /// <summary>Worker threads.</summary>
    public int? Workers { get; set; }

    /// <summary>The seed of every random stream. A campaign that exists keeps its own.</summary>
    public ulong? Seed { get; set; }

    /// <summary>The longest that the campaign may run, over all its sessions.</summary>
    public TimeSpan? TimeLimit { get; set; }

    /// <summary>The longest that an attempt at a job may run.</summary>
    public TimeSpan? TrialTimeout { get; set; }

    /// <summary>How often a job that failed for a passing reason is tried again.</summary>
    public int? Retries { get; set; }

    /// <summary>After how many failed jobs in a row the campaign ends; 0 for never.</summary>
    public int? StopAfterFailures { get; set; }

    /// <summary>Whether the host stops when the campaign ends.</summary>
    public bool? StopsHost { get; set; }

    /// <summary>The settings by name.</summary>
    internal static IReadOnlyList<string> Names { get; } =
    [
        nameof(Trials), nameof(Workers), nameof(Seed), nameof(TimeLimit), nameof(TrialTimeout), nameof(Retries), nameof(StopAfterFailures),
        nameof(StopsHost),
    ];

    /// <summary>A search with these settings.</summary>
    internal Search ApplyTo(Search search) => search with
    {
        Trials = Trials ?? search.Trials,
        Workers = Workers ?? search.Workers,
        Seed = Seed ?? search.Seed,
        Limits = search.Limits with
        {
            Time = TimeLimit ?? search.Limits.Time,
            TrialTimeout = TrialTimeout ?? search.Limits.TrialTimeout,
            Retries = Retries ?? search.Limits.Retries,
            StopAfterFailures = StopAfterFailures ?? search.Limits.StopAfterFailures,
        },
    };
}
