using System.Collections.Immutable;
using System.Globalization;

namespace HyperSearch.Planning;

/// <summary>A consistent view of one campaign at one moment: what every reading verb, picture and analysis works from.</summary>
public sealed record CampaignSnapshot
{
    /// <summary>The campaign's name: its folder's.</summary>
    public required string Name { get; init; }

    /// <summary>The campaign's folder.</summary>
    public required string Folder { get; init; }

    /// <summary>The definition it runs, as kept in the folder.</summary>
    public required Search Search { get; init; }

    /// <summary>The values of its search file that the command line set, as <c>method.sampler=gp</c>; empty when none were.</summary>
    public ImmutableArray<string> Settings { get; init; } = [];

    /// <summary>The changes of the number of slots, in order; empty where <see cref="SearchSettings.Slots"/> held throughout.</summary>
    public ImmutableArray<SlotChange> SlotChanges { get; init; } = [];

    /// <summary>What people changed while it ran, a sentence each, in order; empty where nobody stepped in.</summary>
    public ImmutableArray<string> Interventions { get; init; } = [];

    /// <summary>Whether it runs and a person has paused it, so that no further job begins.</summary>
    public bool IsPaused { get; init; }

    /// <summary>The number of slots and its changes, for people: <c>8, 24 from job 17 on</c>.</summary>
    public string SlotsSentence => string.Join(", ",
        [Search.Slots.ToString(CultureInfo.InvariantCulture),
            .. SlotChanges.Select(change => FormattableString.Invariant($"{change.Slots} from job {change.FromJob} on"))]);

    /// <summary>The processes that took part; empty where the campaign was never open to other machines.</summary>
    public ImmutableArray<Participant> Participants { get; init; } = [];

    /// <summary>The worker of each job, where processes took part.</summary>
    internal IReadOnlyDictionary<JobKey, WorkerPlace> Places { get; init; } = ImmutableDictionary<JobKey, WorkerPlace>.Empty;

    /// <summary>How busy its workers were; <c>null</c> before a job has ended, and where workers of several processes took part.</summary>
    public BusyShare? Busy { get; init; }

    /// <summary>Where it stands.</summary>
    public required CampaignState State { get; init; }

    /// <summary>Trials with at least one outcome, by number.</summary>
    public required ImmutableArray<Trial> Trials { get; init; }

    /// <summary>How many trials were left out, where only the best were asked for.</summary>
    public int Omitted { get; init; }

    /// <summary>How many of the trials that were left out ended in which way; empty where only their number is known.</summary>
    public ImmutableSortedDictionary<OutcomeState, int> OmittedStates { get; init; } = ImmutableSortedDictionary<OutcomeState, int>.Empty;

    /// <summary>
    /// The values, as measured, of the trials that were left out and completed the full budget; of very large campaigns only those that
    /// cannot be told from the best.
    /// </summary>
    public ImmutableArray<double> OmittedValues { get; init; } = [];

    /// <summary>How many repeats on fresh seeds those had that were left out.</summary>
    public int OmittedRepeats { get; init; }

    /// <summary>Jobs dispatched and not ended, when it is running; their number is at most the number of workers and queued jobs.</summary>
    public int Running { get; init; }

    /// <summary>Wall time over all sessions, in seconds.</summary>
    public double ElapsedSeconds { get; init; }

    /// <summary>How fast trials end: in the session in hand while it runs, else in all sessions; <c>null</c> before one has ended, and
    /// where an index answered.</summary>
    public Pace? Pace { get; init; }

    /// <summary>Rows of the dev set that the trials were judged on; <c>null</c> where the data are not ours, or the campaign is older than
    /// this record.</summary>
    public int? DevRows { get; init; }

    /// <summary>A hash of the data and their split; <c>null</c> where the objective has no data of ours.</summary>
    public string? DataFingerprint { get; init; }

    /// <summary>How and why it ended, for people; <c>null</c> while it runs or was interrupted.</summary>
    public string? Ending { get; init; }

    /// <summary>The winner's evaluation on the test set; <c>null</c> before the end or where there is no test set.</summary>
    public Verdict? Verdict { get; init; }
}

/// <summary>The share of the workers' time that was spent in jobs.</summary>
/// <param name="Workers">How many workers, never more than slots: one more would have no job.</param>
/// <param name="Share">The share, in [0, 1].</param>
public sealed record BusyShare(int Workers, double Share)
{
    /// <summary>The share of each worker, by its number; empty where the journal, being older, does not say which ran a job.</summary>
    public ImmutableArray<double> Each { get; init; } = [];
}
