using System.Collections.Immutable;

namespace HyperSearch.Samplers;

/// <summary>One outcome as a sampler sees it.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Position">Where it was, in the unit cube.</param>
/// <param name="Origin">How it had been proposed.</param>
/// <param name="Value">What it reached, lower is better whatever the search file says; <c>null</c> when it diverged, failed or timed out.</param>
/// <param name="Epochs">The training budget behind the value, in epochs; 1 where an objective has no epochs.</param>
public sealed record Observation(int Trial, ImmutableArray<double> Position, Origin Origin, double? Value, int Epochs)
{
    /// <summary>Where several metrics are traded off: what it reached in each, lower is better, <see cref="Value"/> first; empty with a single one, and without a value.</summary>
    public ImmutableArray<double> Values { get; init; } = [];
}
