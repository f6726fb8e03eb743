using System.Collections;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;

namespace HyperSearch.Hosting.Objectives;

/// <summary>The metrics of one epoch by name, in ordinal order. Immutable.</summary>
/// <remarks>An epoch has some twenty, and a tiny network thousands of epochs a second: an array costs a tenth of a tree.</remarks>
internal sealed class SortedMetrics : IReadOnlyDictionary<string, double>
{
    private readonly KeyValuePair<string, double>[] _entries;

    /// <summary>Takes metrics that are in order.</summary>
    /// <param name="entries">Each name once, in ordinal order; nobody changes them any more.</param>
    internal SortedMetrics(KeyValuePair<string, double>[] entries) => _entries = entries;

    /// <summary>No metric.</summary>
    public static SortedMetrics Empty { get; } = new([]);

    /// <summary>Copies metrics, unless nobody can change them.</summary>
    public static SortedMetrics Of(IReadOnlyDictionary<string, double> metrics)
    {
        if (metrics is SortedMetrics sorted)
            return sorted;
        KeyValuePair<string, double>[] entries = [.. metrics];
        Array.Sort(entries, static (one, other) => string.CompareOrdinal(one.Key, other.Key));
        return new SortedMetrics(entries);
    }

    /// <inheritdoc/>
    public int Count => _entries.Length;

    /// <inheritdoc/>
    public IEnumerable<string> Keys => _entries.Select(static entry => entry.Key);

    /// <inheritdoc/>
    public IEnumerable<double> Values => _entries.Select(static entry => entry.Value);

    /// <inheritdoc/>
    public double this[string key] =>
        TryGetValue(key, out var value) ? value : throw new KeyNotFoundException($"There is no metric \"{key}\".");

    /// <summary>Those that are finite, as an outcome keeps them.</summary>
    public ImmutableSortedDictionary<string, double> Finite() =>
        _entries.Where(static entry => double.IsFinite(entry.Value)).ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool ContainsKey(string key) => TryGetValue(key, out _);

    /// <inheritdoc/>
    public bool TryGetValue(string key, [MaybeNullWhen(false)] out double value)
    {
        ArgumentNullException.ThrowIfNull(key);
        var (low, high) = (0, _entries.Length - 1);
        while (low <= high)
        {
            var middle = (low + high) / 2;
            var order = string.CompareOrdinal(_entries[middle].Key, key);
            if (order == 0)
            {
                value = _entries[middle].Value;
                return true;
            }

            (low, high) = order < 0 ? (middle + 1, high) : (low, middle - 1);
        }

        value = default;
        return false;
    }

    /// <inheritdoc/>
    public IEnumerator<KeyValuePair<string, double>> GetEnumerator() =>
        ((IEnumerable<KeyValuePair<string, double>>)_entries).GetEnumerator();

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
