using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Samplers;

namespace HyperSearch.Analysis;

/// <summary>A stretch of consecutive trials that a search proposed with one zoom, from the results of one budget.</summary>
/// <remarks>A round begins with a change of the zoom (a new best from outside a box, hops in a row without one) or, with rungs, where
/// results of a greater budget take over.</remarks>
public sealed record Round
{
    /// <summary>From 1, the coarse stage.</summary>
    public required int Number { get; init; }

    /// <summary>Its trials' numbers, ascending. A trial that the user gave belongs to the round that it ran in.</summary>
    public required ImmutableArray<int> Trials { get; init; }

    /// <summary>The zoom L: how far hops go, from 0.05 (close) to 2 (far).</summary>
    public required double Zoom { get; init; }

    /// <summary>The zoom of the round before; <c>null</c> in the first.</summary>
    public double? ZoomBefore { get; init; }

    /// <summary>With rungs: the budget, in epochs, whose results its trials were chosen by.</summary>
    public int? Rung { get; init; }

    /// <summary>The event that began it.</summary>
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

/// <summary>The event that began a round.</summary>
public enum RoundCause
{
    /// <summary>The campaign did: the coarse stage.</summary>
    Coarse,

    /// <summary>A trial was the new best, so the search looks further around it.</summary>
    NewBest,

    /// <summary>Hops in a row found nothing better, so the search looks closer.</summary>
    NoProgress,

    /// <summary>Closer would find nothing more, so the search looks far away again.</summary>
    StartOver,

    /// <summary>Enough trials have a result of a greater budget, so the search learns from those.</summary>
    Climb,

    /// <summary>More than one of these at once.</summary>
    Several,

    /// <summary>The trial that carries the reason has not ended yet.</summary>
    Unseen,
}

/// <summary>A trial as the sampler saw it when it decided.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="Kind">The rule that had proposed it.</param>
/// <param name="Value">Its value at the budget that the sampler looked at, as measured; <c>null</c> where it has none.</param>
public sealed record SeenTrial(int Trial, OriginKind Kind, double? Value)
{
    /// <summary>A trial at a budget; without one, or where it never got there, at its end.</summary>
    internal static SeenTrial Of(Trial trial, int? rung) =>
        new(trial.Number, trial.Origin.Kind, trial.Jobs.FirstOrDefault(job => job.ToEpochs == rung) is { } job ? job.Value : trial.Value);
}
