using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>How many trials a campaign was asked for, from some job on: a session may ask for more, and earlier decisions stay.</summary>
/// <param name="FromJob">The first job that is decided under it.</param>
/// <param name="Trials">How many trials in all.</param>
public sealed record TrialLimit(int FromJob, int Trials)
{
    /// <summary>
    /// Whether fewer jobs are under way while failures in a row are about to end the search. False in sessions of programs that did not
    /// know this law: their decisions stay.
    /// </summary>
    public bool HoldsBack { get; init; }

    /// <summary>How many outcomes had been seen when it began to hold, where a person asked for it while the campaign ran; a session that
    /// begins with it waits for the same outcomes as the limit before it; 0 where there is none.</summary>
    public int FromOutcome { get; init; }

    /// <summary>The failed trials whose configurations start again as new trials before any other, in this order; <see cref="Trials"/>
    /// counts them.</summary>
    public ImmutableArray<int> Again { get; init; } = [];
}
