using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using HyperSearch.Numerics;

namespace HyperSearch.Spaces;

/// <summary>One configuration: the value of every active parameter, in the order of the space.</summary>
/// <remarks>Immutable. Two points are equal when they give the same values to the same parameters.</remarks>
/// <example>
/// <code>
/// var start = new Point([new("learning_rate", 0.01), new("optimizer", "adam")]);
/// var options = new SearchOptions { Enqueued = [start] };
/// </code>
/// </example>
[SuppressMessage("Naming", "CA1710",
    Justification = "A point of the space is the field's word; that it reads like a dictionary is a convenience.")]
public sealed class Point : IReadOnlyDictionary<string, ParameterValue>, IEquatable<Point>
{
    private const int Indexed = 24; // up to so many, comparing names one after another is faster
    private readonly ImmutableArray<string> _names; // which points that were read together share
    private readonly Array _values; // of double where all are numbers, which takes half of the room; else of ParameterValue
    private Dictionary<string, ParameterValue>? _byName;

    /// <summary>Makes a point of names and values.</summary>
    public Point(IEnumerable<KeyValuePair<string, ParameterValue>> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        KeyValuePair<string, ParameterValue>[] pairs = [.. values];
        (_names, _values) = ([.. pairs.Select(pair => pair.Key)], Packed([.. pairs.Select(pair => pair.Value)]));
    }

    /// <summary>Makes a point of names, which others may share, and as many values.</summary>
    internal Point(ImmutableArray<string> names, ReadOnlySpan<ParameterValue> values) => (_names, _values) = (names, Packed(values));

    /// <inheritdoc/>
    public int Count => _values.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _names;

    /// <inheritdoc/>
    public IEnumerable<ParameterValue> Values => Enumerable.Range(0, Count).Select(At);

    /// <inheritdoc/>
    public ParameterValue this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"The point has no active parameter \"{key}\"."
            + $"{Nearest.Hint(key, _names)} It has: {Nearest.List(_names)}.");

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, out ParameterValue value)
    {
        ArgumentNullException.ThrowIfNull(key);
        if (_values.Length > Indexed)
            return (_byName ??= ByName()).TryGetValue(key, out value); // made by two threads at once, both are right
        for (var i = 0; i < _names.Length; i++)
        {
            if (_names[i] == key)
            {
                value = At(i);
                return true;
            }
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public bool Equals(Point? other) => other is not null
        && _names.AsSpan().SequenceEqual(other._names.AsSpan()) && (_values, other._values) switch
        {
            (double[] numbers, double[] others) => numbers.AsSpan().SequenceEqual(others),
            (ParameterValue[] values, ParameterValue[] others) => values.AsSpan().SequenceEqual(others),
            _ => false,
        };

    /// <inheritdoc/>
    public override bool Equals(object? obj) => Equals(obj as Point);

    /// <inheritdoc/>
    public override int GetHashCode()
    {
        var hash = new HashCode();
        foreach (var (name, value) in this)
        {
            hash.Add(name, StringComparer.Ordinal);
            hash.Add(value);
        }

        return hash.ToHashCode();
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, ParameterValue>> GetEnumerator()
    {
        for (var i = 0; i < _names.Length; i++)
            yield return new(_names[i], At(i));
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private ParameterValue At(int place) => _values is double[] numbers ? numbers[place] : ((ParameterValue[])_values)[place];

    private static Array Packed(ReadOnlySpan<ParameterValue> values)
    {
        var numbers = new double[values.Length];
        for (var i = 0; i < numbers.Length; i++)
        {
            if (!values[i].IsNumber)
                return values.ToArray();
            numbers[i] = values[i].Number;
        }

        return numbers;
    }

    private Dictionary<string, ParameterValue> ByName()
    {
        var byName = new Dictionary<string, ParameterValue>(_values.Length, StringComparer.Ordinal);
        foreach (var (name, value) in this)
            byName.TryAdd(name, value);
        return byName;
    }

    /// <summary>The point as people read it: <c>learning_rate=0.01 optimizer=adam</c>.</summary>
    public override string ToString() => string.Join(' ', this.Select(pair => $"{pair.Key}={pair.Value}"));
}
