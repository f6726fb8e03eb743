using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>Metrics by name: a dictionary as it was given or, as journals are read, names that outcomes share and values of their own,
/// which take a fraction of its room.</summary>
internal readonly struct NamedMetrics : IEquatable<NamedMetrics>
{
    private readonly ImmutableArray<string> _names; // in ordinal order; default beside a dictionary
    private readonly object? _values; // of double, or the dictionary

    /// <summary>Keeps a dictionary.</summary>
    public NamedMetrics(ImmutableSortedDictionary<string, double> dictionary) => _values = dictionary;

    /// <summary>Keeps values under names.</summary>
    /// <param name="names">Each once, in ordinal order.</param>
    /// <param name="values">As many.</param>
    public NamedMetrics(ImmutableArray<string> names, double[] values) => (_names, _values) = (names, values);

    /// <summary>Whether there is none.</summary>
    public bool IsEmpty => _names.IsDefault ? Dictionary.IsEmpty : _names.IsEmpty;

    /// <summary>The names, in order.</summary>
    public IEnumerable<string> Names => _names.IsDefault ? Dictionary.Keys : _names;

    private ImmutableSortedDictionary<string, double> Dictionary =>
        (ImmutableSortedDictionary<string, double>?)_values ?? ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>The names and their values, in order.</summary>
    public IEnumerable<KeyValuePair<string, double>> Pairs =>
        _names.IsDefault ? Dictionary : _names.Zip((double[])_values!, KeyValuePair.Create);

    /// <summary>The names that any of some trials has, each once.</summary>
    public static IEnumerable<string> NamesOf(IEnumerable<Trial> trials)
    {
        var (last, seen) = (default(ImmutableArray<string>), new HashSet<string>(StringComparer.Ordinal));
        foreach (var metrics in trials.Select(trial => trial.Measured))
        {
            if (!metrics._names.IsDefault && metrics._names == last)
                continue; // the very same names
            last = metrics._names;
            seen.UnionWith(metrics.Names);
        }

        return seen;
    }

    /// <summary>A metric; <c>null</c> where there is none of that name.</summary>
    public double? Find(string name)
    {
        if (_names.IsDefault)
            return Dictionary.TryGetValue(name, out var known) ? known : null;
        var place = _names.IndexOf(name);
        return place < 0 ? null : ((double[])_values!)[place];
    }

    /// <summary>As a dictionary, made for each call where there is none.</summary>
    public ImmutableSortedDictionary<string, double> ToDictionary() => _names.IsDefault ? Dictionary
        : Pairs.ToImmutableSortedDictionary(StringComparer.Ordinal);

    /// <inheritdoc/>
    public bool Equals(NamedMetrics other) => ReferenceEquals(_values, other._values) || Pairs.SequenceEqual(other.Pairs);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is NamedMetrics other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => _names.IsDefault ? Dictionary.Count : _names.Length;
}
