using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>The box between a search's best trials, and how it differs from the box of an earlier round.</summary>
public sealed record RoundBox
{
    /// <summary>The trial that was drawn from it.</summary>
    public required int Trial { get; init; }

    /// <summary>The trial of an earlier round that it is compared with; <c>null</c> for the first box.</summary>
    public int? TrialBefore { get; init; }

    /// <summary>The best trials, which span it, the best first.</summary>
    public required ImmutableArray<SeenTrial> Around { get; init; }

    /// <summary>Trials that did not span the box before.</summary>
    public ImmutableArray<SeenTrial> Entered { get; init; } = [];

    /// <summary>Trials that spanned the box before and were displaced.</summary>
    public ImmutableArray<SeenTrial> Left { get; init; } = [];

    /// <summary>Its sides, one for each searched parameter that is not a category.</summary>
    public required ImmutableArray<BoxSide> Sides { get; init; }

    /// <summary>The box of a trial, compared with an earlier one.</summary>
    /// <param name="space">The space to search.</param>
    /// <param name="trials">All trials by number.</param>
    /// <param name="now">A trial that was drawn from a box.</param>
    /// <param name="before">An earlier one of another round; <c>null</c> for none.</param>
    internal static RoundBox Of(Space space, IReadOnlyDictionary<int, Trial> trials, Trial now, Trial? before)
    {
        var around = Seen(now);
        var earlier = before is null ? around : Seen(before);
        return new RoundBox
        {
            Trial = now.Number,
            TrialBefore = before?.Number,
            Around = around,
            Entered = [.. around.ExceptBy(earlier.Select(seen => seen.Trial), seen => seen.Trial)],
            Left = [.. earlier.ExceptBy(around.Select(seen => seen.Trial), seen => seen.Trial)],
            Sides = [.. Enumerable.Range(0, space.Dimensions).Where(d => !space.Searched[d].Scale.IsCategorical)
                .Select(d => BoxSide.Of(space, d, trials, now, before))],
        };

        ImmutableArray<SeenTrial> Seen(Trial box) =>
            [.. box.Origin.Around.Where(trials.ContainsKey).Select(number => SeenTrial.Of(trials[number], box.Origin.Rung))];
    }
}
