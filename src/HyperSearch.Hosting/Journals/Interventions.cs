using System.Collections.Immutable;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Journals;

/// <summary>A person asked for another number of trials while the campaign ran.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="FromJob">The first job that may be decided by it.</param>
/// <param name="FromOutcome">How many outcomes had been seen by then.</param>
/// <param name="Trials">How many trials in all.</param>
public sealed record TrialsChanged(DateTimeOffset At, int FromJob, int FromOutcome, int Trials) : CampaignEvent(At)
{
    /// <summary>Whether fewer jobs are under way while failures in a row are about to end the search.</summary>
    public bool HoldsBack { get; init; }

    /// <summary>The failed trials that start again, as new trials.</summary>
    public ImmutableArray<int> Again { get; init; } = [];
}

/// <summary>A person enqueued a configuration while the campaign ran.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="FromJob">The first job that may be decided by it.</param>
/// <param name="FromOutcome">How many outcomes had been seen by then.</param>
/// <param name="Point">The configuration.</param>
public sealed record PointEnqueued(DateTimeOffset At, int FromJob, int FromOutcome, Point Point) : CampaignEvent(At);

/// <summary>A person stopped a trial: its jobs under way end early, and none follows.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Trial">The trial.</param>
/// <param name="FromJob">The first job that may be decided by it; 0 in journals older than this field, where nothing but the outcome of the
/// stopped job says so.</param>
/// <param name="FromOutcome">How many outcomes had been seen by then.</param>
public sealed record TrialStopped(DateTimeOffset At, int Trial, int FromJob, int FromOutcome) : CampaignEvent(At)
{
    /// <summary>The jobs of the trial that were under way; empty between two rungs. A job that has no outcome on disk runs again when the
    /// campaign goes on, and ends where this says.</summary>
    public ImmutableArray<StoppedJob> Jobs { get; init; } = [];
}

/// <summary>A job that a person stopped.</summary>
/// <param name="Job">Its number.</param>
/// <param name="Repeat">0 for a job of the search; 1, 2, … for a repeat, which the trial and this number name.</param>
/// <param name="Epoch">The first epoch at which it may end: it ends with its first measurement there or later.</param>
public sealed record StoppedJob(int Job, int Repeat, int Epoch);

/// <summary>A person paused the campaign, or let it go on: that changes no decision.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Paused">Whether it is paused from here on.</param>
public sealed record CampaignPaused(DateTimeOffset At, bool Paused) : CampaignEvent(At);
