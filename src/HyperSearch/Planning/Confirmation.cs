using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>The result of repeating a configuration on fresh seeds.</summary>
/// <param name="Values">The values of the repeats that have one, in their order, as measured.</param>
/// <param name="Diverged">How many repeats diverged: a configuration that does is no winner.</param>
public sealed record Confirmation(ImmutableArray<double> Values, int Diverged)
{
    /// <summary>The mean of <see cref="Values"/>. The score that the search saw is not among them.</summary>
    public double Mean => Values.Average();

    /// <summary>The mean's standard error, s/√n with s the sample deviation; <c>null</c> with fewer than two values.</summary>
    public double? StandardError => Values.Length < 2 ? null : Math.Sqrt(SquaredDeviations / (Values.Length - 1) / Values.Length);

    /// <summary>Σ(v − mean)².</summary>
    internal double SquaredDeviations
    {
        get
        {
            var mean = Mean;
            return Values.Sum(value => (value - mean) * (value - mean));
        }
    }

    /// <summary>Reads it off the outcomes of repeats; <c>null</c> when none has a value. Failures, time-outs and repeats that a person
    /// stopped say nothing of the configuration.</summary>
    internal static Confirmation? Of(IEnumerable<(int Repeat, OutcomeState State, double? Value)> repeats)
    {
        var known = repeats.OrderBy(repeat => repeat.Repeat).ToArray();
        var whole = known.Where(repeat => repeat.State == OutcomeState.Completed);
        ImmutableArray<double> values = [.. whole.Select(repeat => repeat.Value).OfType<double>()];
        return values.IsEmpty ? null : new Confirmation(values, known.Count(repeat => repeat.State == OutcomeState.Diverged));
    }

    /// <inheritdoc/>
    public bool Equals(Confirmation? other) => other is not null && Diverged == other.Diverged && Values.SequenceEqual(other.Values);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Values.Length, Diverged);
}
