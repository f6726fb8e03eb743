using System.Collections.Immutable;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>A line of output that is a JSON object: a measurement, the end of a trial, or both.</summary>
/// <param name="Metrics">Every field that is a number, but for <c>trial</c> and <c>epoch</c>; NaN where a field is <c>null</c>.</param>
internal sealed record Answer(ImmutableDictionary<string, double> Metrics)
{
    /// <summary>The trial that it speaks of; <c>null</c> when it does not say.</summary>
    public long? Trial { get; init; }

    /// <summary>Epochs trained in all; <c>null</c> when it does not say, which means one more than before.</summary>
    public int? Epoch { get; init; }

    /// <summary>Whether a worker has done with the trial.</summary>
    public bool Done { get; init; }

    /// <summary>Why a worker gave the trial up; <c>null</c> when it did not.</summary>
    public string? Error { get; init; }

    /// <summary>Whether a worker thinks that trying again may help after an <see cref="Error"/>.</summary>
    public bool Retry { get; init; }

    /// <summary>Whether its epoch is no whole number from 0 to 2³¹ − 1, so that nobody can tell what it measures.</summary>
    public bool HasWrongEpoch { get; init; }

    /// <summary>The fields that are numbers here although the line wrote something else: <c>null</c>, or a number that no double can
    /// hold, each as it was written.</summary>
    public ImmutableDictionary<string, string> Written { get; init; } = ImmutableDictionary<string, string>.Empty;

    /// <summary>Whether it measures anything.</summary>
    public bool IsMeasurement => !Metrics.IsEmpty && !HasWrongEpoch;
}
