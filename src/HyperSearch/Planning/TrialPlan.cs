using System.Collections.Immutable;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>A trial that may still get jobs, as the planner remembers it.</summary>
internal sealed record TrialPlan(int Trial, ImmutableArray<double> Position, Point Point, Origin Origin)
{
    private const string Again = " again, which failed";

    /// <summary>The trial that it is a copy of; <c>null</c> for one that began from nothing.</summary>
    public int? Parent { get; init; }

    /// <summary>The stretches of its ancestors.</summary>
    public ImmutableArray<Stretch> Past { get; init; } = [];

    /// <summary>The epochs that its network had been trained for when it began.</summary>
    public int Begins => Past.IsEmpty ? 0 : Past[^1].ToEpochs;

    /// <summary>The first of its ancestors, or itself: the trial whose seed it has.</summary>
    public int Root => Past.IsEmpty ? Trial : Past[0].Trial;

    /// <summary>Whether a trial was started again because it had failed.</summary>
    public static bool IsAgain(Origin origin) =>
        origin is { Kind: OriginKind.Enqueued, Note: { } note } && note.EndsWith(Again, StringComparison.Ordinal);

    public static TrialPlan Of(int trial, Proposal proposal, Space space) =>
        new(trial, proposal.Position, space.At(proposal.Position.AsSpan()), proposal.Origin);

    /// <summary>A new trial with the configuration of one that failed.</summary>
    public static TrialPlan OfFailed(int trial, TrialPlan failed) =>
        failed with
        {
            Trial = trial,
            Parent = null,
            Past = [],
            Origin = new Origin(OriginKind.Enqueued) { Note = FormattableString.Invariant($"trial {failed.Trial}{Again}") }
        };

    /// <summary>A point of the user's runs as it was given; the sampler learns from the nearest position.</summary>
    public static TrialPlan OfFirst(int trial, FirstPoint first, Space space) =>
        new(trial, space.PositionOf(first.Point), space.Completed(first.Point), new Origin(OriginKind.Enqueued) { Note = first.Note });
}
