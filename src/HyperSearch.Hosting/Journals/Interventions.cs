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

/// <summary>A person stopped a job of a trial; its outcome says what became of it.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Job">The job.</param>
public sealed record TrialStopped(DateTimeOffset At, int Trial, int Job) : CampaignEvent(At);

/// <summary>A person paused the campaign, or let it go on: that changes no decision.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Paused">Whether it is paused from here on.</param>
public sealed record CampaignPaused(DateTimeOffset At, bool Paused) : CampaignEvent(At);
