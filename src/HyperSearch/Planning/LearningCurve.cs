using System.Collections.Immutable;
using System.Runtime.InteropServices;

namespace HyperSearch.Planning;

/// <summary>Metrics epoch by epoch, kept as columns. NaN stands where a metric was missing at an epoch.</summary>
/// <remarks>Immutable; equal when all epochs and columns are equal (NaN equals NaN).</remarks>
public sealed class LearningCurve : IEquatable<LearningCurve>
{
    private readonly object _columns; // themselves, or the source that reads them when they are asked for
    private readonly long _place;

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
        _columns = columns;
    }

    /// <summary>Makes a curve whose columns are read each time that they are asked for.</summary>
    /// <param name="epochs">The epoch of each measurement, ascending.</param>
    /// <param name="source">Reads the columns.</param>
    /// <param name="place">Where they stand in the source.</param>
    internal LearningCurve(ImmutableArray<int> epochs, ICurveSource source, long place) =>
        (Epochs, _columns, _place) = (epochs, source, place);

    /// <summary>The epoch of each measurement, ascending.</summary>
    public ImmutableArray<int> Epochs { get; }

    /// <summary>One column per metric.</summary>
    public ImmutableSortedDictionary<string, ImmutableArray<double>> Columns =>
        _columns is ICurveSource source ? source.Read(_place) : (ImmutableSortedDictionary<string, ImmutableArray<double>>)_columns;

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
                    place = row == 0 ? -1 : columns.FindIndex(column => column.Name == name); // a measurement has each name once
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
        var epochs = Epochs.AddRange(later.Epochs);
        return _columns is ICurveSource || later._columns is ICurveSource
            ? new LearningCurve(epochs, new JoinedCurves(this, later), 0)
            : new LearningCurve(epochs, Joined(this, later));
    }

    /// <inheritdoc/>
    public bool Equals(LearningCurve? other) =>
        ReferenceEquals(this, other) || (other is not null && Epochs.SequenceEqual(other.Epochs) && AreEqual(Columns, other.Columns));

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as LearningCurve);

    /// <inheritdoc/>
    public override int GetHashCode() => Epochs.Length;

    private static bool AreEqual(
        ImmutableSortedDictionary<string, ImmutableArray<double>> one, ImmutableSortedDictionary<string, ImmutableArray<double>> other) =>
        one.Count == other.Count
        && one.All(pair => other.TryGetValue(pair.Key, out var column) && pair.Value.SequenceEqual(column));

    private static ImmutableSortedDictionary<string, ImmutableArray<double>> Joined(LearningCurve first, LearningCurve later)
    {
        var (columns, more) = (first.Columns, later.Columns);
        return columns.Keys.Union(more.Keys).ToImmutableSortedDictionary(
            name => name, name => Padded(columns, name, first.Epochs.Length).AddRange(Padded(more, name, later.Epochs.Length)),
            StringComparer.Ordinal);

        static ImmutableArray<double> Padded(
            ImmutableSortedDictionary<string, ImmutableArray<double>> columns, string name, int length) =>
            columns.TryGetValue(name, out var column) ? column : [.. Enumerable.Repeat(double.NaN, length)];
    }

    private sealed class JoinedCurves(LearningCurve first, LearningCurve later) : ICurveSource
    {
        public ImmutableSortedDictionary<string, ImmutableArray<double>> Read(long place) => Joined(first, later);
    }
}

/// <summary>Reads the columns of curves when they are asked for: of a large campaign, curves are most of what there is, and a reader looks
/// at a few.</summary>
internal interface ICurveSource
{
    /// <summary>One column per metric.</summary>
    /// <param name="place">Where they stand.</param>
    ImmutableSortedDictionary<string, ImmutableArray<double>> Read(long place);
}
