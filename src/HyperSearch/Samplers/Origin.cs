using System.Collections.Immutable;

namespace HyperSearch.Samplers;

/// <summary>How a trial was proposed, so that it can be shown why the search zoomed.</summary>
/// <param name="Kind">Which rule made it.</param>
public sealed record Origin(OriginKind Kind)
{
    /// <summary>The trials around which it was placed: the centre of a hop, the trials that span a box, the one that was copied; empty for
    /// a global point.</summary>
    public ImmutableArray<int> Around { get; init; } = [];

    /// <summary>How wide the step was, in the unit interval: the scale of a hop, the mean side of a box.</summary>
    public double? Width { get; init; }

    /// <summary>The sampler's zoom at that moment (C2F-g: L).</summary>
    public double? Zoom { get; init; }

    /// <summary>Where the zoom has changed since the trial before: from what to what and why, for people; else <c>null</c>.</summary>
    public string? Change { get; init; }

    /// <summary>The trials whose outcomes made that <see cref="Change"/>, in the order observed; for a copy the trial whose place it
    /// took.</summary>
    public ImmutableArray<int> Evidence { get; init; } = [];

    /// <summary>Where trials are compared at several budgets: the one, in epochs, whose results the sampler chose by; for a copy the epochs
    /// that it began with.</summary>
    public int? Rung { get; init; }

    /// <summary>For a box: the lower corner in the unit cube.</summary>
    public ImmutableArray<double> Low { get; init; } = [];

    /// <summary>For a box: the upper corner in the unit cube.</summary>
    public ImmutableArray<double> High { get; init; } = [];

    /// <summary>For a model: the logarithm of the expected improvement at the point.</summary>
    public double? LogExpectedImprovement { get; init; }

    /// <summary>
    /// Where a model compares new trials with going on with others: why this job was the best use of a slot, for people; else <c>null</c>.
    /// </summary>
    public string? Decision { get; init; }

    /// <summary>A sentence for people where the kind does not say it all.</summary>
    public string? Note { get; init; }

    /// <inheritdoc/>
    public bool Equals(Origin? other) =>
        other is not null && Kind == other.Kind && Width == other.Width && Zoom == other.Zoom && Rung == other.Rung
        && LogExpectedImprovement == other.LogExpectedImprovement && Note == other.Note && Change == other.Change
        && Decision == other.Decision
        && Around.SequenceEqual(other.Around) && Evidence.SequenceEqual(other.Evidence)
        && Low.SequenceEqual(other.Low) && High.SequenceEqual(other.High);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Kind, Width, Zoom, Around.Length);
}

/// <summary>The rules that propose a trial.</summary>
public enum OriginKind
{
    /// <summary>Anywhere in the space: random, Sobol or grid.</summary>
    Global,

    /// <summary>A heavy-tailed step from one good trial.</summary>
    Hop,

    /// <summary>Uniform in a box around several good trials.</summary>
    Box,

    /// <summary>Where a model of the outcomes expects the most.</summary>
    Model,

    /// <summary>Given by the user.</summary>
    Enqueued,

    /// <summary>Near the configuration of another trial, from whose checkpoint it goes on in place of a third.</summary>
    Copy,
}
