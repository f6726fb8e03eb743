using System.Globalization;

namespace HyperSearch.Benchmarks;

/// <summary>A benchmark's options, <c>--name value</c> each.</summary>
internal sealed class Arguments
{
    private readonly Dictionary<string, string> _options = new(StringComparer.Ordinal);

    public static Arguments Of(string[] arguments)
    {
        var options = new Arguments();
        for (var i = 0; i + 1 < arguments.Length; i += 2)
            options._options[arguments[i].TrimStart('-')] = arguments[i + 1];
        return options;
    }

    /// <summary>Whether every option is one of these.</summary>
    public bool AreAmong(IReadOnlyCollection<string> names) => _options.Keys.All(names.Contains);

    public bool Has(string name) => _options.ContainsKey(name);

    public string Get(string name, string fallback) => _options.GetValueOrDefault(name, fallback);

    public int Number(string name, int fallback) =>
        _options.TryGetValue(name, out var value) ? int.Parse(value, CultureInfo.InvariantCulture) : fallback;
}
