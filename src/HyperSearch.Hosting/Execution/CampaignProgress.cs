using System.Collections.Immutable;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>The progress of a campaign at one moment of a session.</summary>
public sealed record CampaignProgress
{
    /// <summary>The campaign's name: its folder's. An observer in a host of several campaigns tells them apart by it.</summary>
    public required string Campaign { get; init; }

    /// <summary>Trials asked for, in all.</summary>
    public required int Planned { get; init; }

    /// <summary>Workers of this session.</summary>
    public required int Workers { get; init; }

    /// <summary>Slots at this moment.</summary>
    public int Slots { get; init; }

    /// <summary>Workers that the session was asked for; without enough slots it has fewer.</summary>
    public int WantedWorkers { get; init; }

    /// <summary>Trials with at least one acknowledged outcome, earlier sessions included.</summary>
    public int Trials { get; init; }

    /// <summary>Those of them that earlier sessions had ended, which say nothing of this session's speed.</summary>
    public int TrialsBefore { get; init; }

    /// <summary>Acknowledged outcomes by state, earlier sessions included.</summary>
    public ImmutableSortedDictionary<OutcomeState, int> Outcomes { get; init; } = ImmutableSortedDictionary<OutcomeState, int>.Empty;

    /// <summary>Acknowledged repeats of leaders, earlier sessions included; they are not among <see cref="Outcomes"/>.</summary>
    public int Repeats { get; init; }

    /// <summary>Outcomes that earlier sessions had left.</summary>
    public int Resumed { get; init; }

    /// <summary>Outcomes acknowledged in this session.</summary>
    public int Acknowledged { get; init; }

    /// <summary>The best outcome of the search so far among those with the most epochs; <c>null</c> before the first success.</summary>
    public Outcome? Best { get; init; }

    /// <summary>How far the trainings are by which the winner is judged, once all trials are done; <c>null</c> before, and where no network
    /// has to be trained for it.</summary>
    public JudgingProgress? Judging { get; init; }

    /// <summary>Wall time of this session.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The part of it in which a person held the campaign back and no job was in hand.</summary>
    public TimeSpan Held { get; init; }

    /// <summary>Whether a person has paused it, so that no further job begins.</summary>
    public bool IsPaused => HeldTime.Since is not null;

    /// <summary>How fast trials end in this session; <c>null</c> before one has ended.</summary>
    public Pace? Pace => Pace.Of(Trials - TrialsBefore, Elapsed - Held, Planned - Trials);

    /// <summary>The jobs that workers have in hand.</summary>
    public ImmutableArray<JobInFlight> InFlight { get; init; } = [];

    /// <summary>The same as <see cref="Held"/>, so that it can be counted on.</summary>
    internal HeldTime HeldTime { get; init; }
}
