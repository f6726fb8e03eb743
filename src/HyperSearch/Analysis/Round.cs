using System.Collections.Immutable;
using HyperSearch.Samplers;

namespace HyperSearch.Analysis;

/// <summary>A stretch of consecutive trials that a search proposed with one zoom, from the results of one budget.</summary>
/// <remarks>A round begins with a change of the zoom (a new best from outside a box, hops in a row without one) or, with rungs, where results of a greater budget take over.</remarks>
public sealed record Round
{
    /// <summary>From 1, the coarse stage.</summary>
    public required int Number { get; init; }

    /// <summary>Its trials' numbers, ascending. Those that the user gave count to the round in which they ran.</summary>
    public required ImmutableArray<int> Trials { get; init; }

    /// <summary>The zoom L: how far hops go, from 0.05 (close) to 2 (far).</summary>
    public required double Zoom { get; init; }

    /// <summary>The zoom of the round before; <c>null</c> in the first.</summary>
    public double? ZoomBefore { get; init; }

    /// <summary>With rungs: the budget, in epochs, whose results its trials were chosen by.</summary>
    public int? Rung { get; init; }

    /// <summary>What began it.</summary>
    public required RoundCause Cause { get; init; }

    /// <summary>Why it began, in one sentence.</summary>
    public required string Why { get; init; }

    /// <summary>The trials whose outcomes began it, in the order observed; empty for the first round.</summary>
    public ImmutableArray<SeenTrial> Evidence { get; init; } = [];

    /// <summary>The best trial before it; <c>null</c> where none had a value.</summary>
    public SeenTrial? BestBefore { get; init; }

    /// <summary>Its own best trial; <c>null</c> where none has a value.</summary>
    public SeenTrial? Best { get; init; }

    /// <summary>How many of its trials each rule proposed.</summary>
    public required ImmutableSortedDictionary<OriginKind, int> Rules { get; init; }

    /// <summary>The trials that its hops started from, and how many did, the most used first.</summary>
    public ImmutableArray<(SeenTrial Centre, int Hops)> Centres { get; init; } = [];

    /// <summary>The box that its last box trial was drawn from; <c>null</c> where none was.</summary>
    public RoundBox? Box { get; init; }
}
