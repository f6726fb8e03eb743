using System.IO.Hashing;
using System.Text.Json;

namespace HyperSearch.Hosting.Journals;

/// <summary>One string for each name, however often the journal spells it.</summary>
internal sealed class NameCache
{
    private const int Most = 4096;
    private readonly Dictionary<ulong, string> _names = [];

    /// <summary>The name or word that the reader stands on.</summary>
    public string Of(ref Utf8JsonReader json)
    {
        if (json.HasValueSequence || json.ValueSpan.Length > 64)
            return json.GetString()!;
        var key = XxHash3.HashToUInt64(json.ValueSpan);
        if (_names.TryGetValue(key, out var known) && json.ValueTextEquals(known))
            return known;
        var name = json.GetString()!;
        if (_names.Count < Most)
            _names[key] = name;
        return name;
    }
}
