using System.Collections.Immutable;

namespace HyperSearch.Samplers;

/// <summary>One outcome as a sampler sees it.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Position">The trial's position in the unit cube.</param>
/// <param name="Origin">How the trial was proposed.</param>
/// <param name="Value">The value that it reached, lower is better whatever the search file says; <c>null</c> when it diverged, failed or
/// timed out.</param>
/// <param name="Epochs">The training budget behind the value, in epochs; 1 where an objective has no epochs.</param>
public sealed record Observation(int Trial, ImmutableArray<double> Position, Origin Origin, double? Value, int Epochs)
{
    /// <summary>Why the point was proposed.</summary>
    public Origin Origin { get; init; } = Origin ?? throw new ArgumentNullException(nameof(Origin));

    /// <summary>
    /// The median of the values after the last min(5, max(1, e/4)) of e epochs, lower is better: less noisy than <see cref="Value"/>, which
    /// it is where the values between are unknown.
    /// </summary>
    public double? Smoothed { get; init; } = Value;

    /// <summary>
    /// The value of every metric that is traded off, lower is better, <see cref="Value"/> first; empty with a single metric, and without a
    /// value.
    /// </summary>
    public ImmutableArray<double> Values { get; init; } = [];

    /// <summary>
    /// The sampler's pending proposal that has ended so; <c>null</c>, the default, for a trial that it did not propose, or that ended on
    /// another budget before.
    /// </summary>
    public Proposal? Proposal { get; init; }
}
