using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HyperSearch.Planning;

/// <summary>Metrics epoch by epoch, kept as columns. NaN stands where a metric was missing at an epoch.</summary>
/// <remarks>Immutable; equal when all epochs and columns are equal (NaN equals NaN).</remarks>
public sealed class LearningCurve : IEquatable<LearningCurve>
{
    /// <summary>A curve without measurements.</summary>
    public static LearningCurve Empty { get; } = new([], ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty);

    /// <summary>Makes a curve of columns.</summary>
    /// <param name="epochs">The epoch of each measurement, ascending.</param>
    /// <param name="columns">For each metric one value per measurement.</param>
    /// <exception cref="ArgumentException">A column has another length than <paramref name="epochs"/>.</exception>
    public LearningCurve(ImmutableArray<int> epochs, ImmutableSortedDictionary<string, ImmutableArray<double>> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        foreach (var (name, column) in columns)
        {
            if (column.Length != epochs.Length)
                throw new ArgumentException($"A column has one value per epoch: \"{name}\" has {column.Length}, not {epochs.Length}.",
                    nameof(columns));
        }

        Epochs = epochs;
        Columns = columns;
    }

    /// <summary>The epoch of each measurement, ascending.</summary>
    public ImmutableArray<int> Epochs { get; }

    /// <summary>One column per metric.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<double>> Columns { get; }

    /// <summary>The values of one metric; empty when the curve does not have it.</summary>
    public ImmutableArray<double> Column(string metric)
    {
        ArgumentNullException.ThrowIfNull(metric);
        return Columns.TryGetValue(metric, out var column) ? column : [];
    }

    /// <summary>Gathers measurements into columns.</summary>
    public static LearningCurve Of(IReadOnlyList<(int Epoch, IReadOnlyDictionary<string, double> Metrics)> measurements)
    {
        ArgumentNullException.ThrowIfNull(measurements);
        var epochs = new int[measurements.Count];
        var columns = new List<(string Name, double[] Values)>();
        for (var row = 0; row < epochs.Length; row++)
        {
            (epochs[row], var metrics) = measurements[row];
            var place = 0; // measurements name their metrics alike, so each stands where it stood before
            foreach (var (name, value) in metrics)
            {
                if (place >= columns.Count || columns[place].Name != name)
                    place = columns.FindIndex(column => column.Name == name);
                if (place < 0)
                {
                    place = columns.Count;
                    columns.Add((name, new double[epochs.Length]));
                    Array.Fill(columns[place].Values, double.NaN);
                }

                columns[place++].Values[row] = value;
            }
        }

        var builder = ImmutableSortedDictionary.CreateBuilder<string, ImmutableArray<double>>(StringComparer.Ordinal);
        foreach (var (name, column) in columns)
            builder.Add(name, ImmutableCollectionsMarshal.AsImmutableArray(column));
        return new LearningCurve(ImmutableCollectionsMarshal.AsImmutableArray(epochs), builder.ToImmutable());
    }

    /// <summary>This curve followed by a later one (the next job of the same trial).</summary>
    public LearningCurve Then(LearningCurve later)
    {
        ArgumentNullException.ThrowIfNull(later);
        if (Epochs.IsEmpty)
            return later;
        if (later.Epochs.IsEmpty)
            return this;
        var names = Columns.Keys.Union(later.Columns.Keys);
        return new LearningCurve(
            Epochs.AddRange(later.Epochs),
            names.ToImmutableSortedDictionary(name => name, name => Padded(this, name).AddRange(Padded(later, name)),
                StringComparer.Ordinal));

        static ImmutableArray<double> Padded(LearningCurve curve, string name) =>
            curve.Columns.TryGetValue(name, out var column) ? column : [.. Enumerable.Repeat(double.NaN, curve.Epochs.Length)];
    }

    /// <inheritdoc/>
    public bool Equals(LearningCurve? other) =>
        other is not null && Epochs.SequenceEqual(other.Epochs) && Columns.Count == other.Columns.Count
        && Columns.All(pair => other.Columns.TryGetValue(pair.Key, out var column) && pair.Value.SequenceEqual(column));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LearningCurve);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Epochs.Length, Columns.Count);
}
