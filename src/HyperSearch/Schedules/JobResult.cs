using System.Collections.Immutable;

namespace HyperSearch.Schedules;

/// <summary>One ended job as a schedule sees it.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Epochs">The epochs trained in all, as planned (a trial that stopped early keeps the rung it was sent to).</param>
/// <param name="Value">The value there, lower is better; <c>null</c> when it diverged, failed or timed out.</param>
/// <param name="Curve">The value after each epoch of this job; empty when unknown.</param>
/// <param name="Ended">Whether the trial can never go on: it stopped by its rule, by early stopping, diverged or failed.</param>
public sealed record JobResult(int Trial, int Epochs, double? Value, ImmutableArray<double> Curve, bool Ended)
{
    /// <summary>
    /// The median of the values after the last min(5, max(1, e/4)) of e epochs, less noisy than <see cref="Value"/>, which it is where the
    /// values between are unknown.
    /// </summary>
    public double? Smoothed { get; init; } = Value;
}
