using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>A map whose keys are the user's own names.</summary>
/// <param name="What">What the map is, for messages.</param>
/// <param name="Value">What each value is.</param>
internal sealed record DictionaryShape(string What, Shape Value) : Shape
{
    /// <summary>What the whole name must match.</summary>
    public string NamePattern { get; init; } = Parameter.NamePattern;

    /// <summary>Names that editors shall offer, with what they mean; others are as good.</summary>
    public ImmutableArray<(string Name, string Meaning)> Offered { get; init; } = [];

    /// <summary>The least number of entries.</summary>
    public int Min { get; init; }

    public override string Expected => What;

    public override bool Check(Node node, Problems problems)
    {
        if (node is not MapNode map || map.Entries.Length < Min)
            return Refuse(node, problems);
        var sound = true;
        foreach (var (name, value) in map.Entries)
        {
            if (!Regex.IsMatch(name.Text, $"^(?:{NamePattern})\\z", RegexOptions.CultureInvariant))
                sound = problems.Add(name, $"\"{name.Text}\" cannot be a name. A name begins with a letter and goes on with letters, digits, _, - or dots.");
            sound &= Value.Check(value, problems);
        }

        if (!sound)
            problems.Taint(node);
        return sound;
    }

    public override JsonObject ToSchema()
    {
        var schema = new JsonObject
        {
            ["type"] = "object",
            ["propertyNames"] = new JsonObject { ["pattern"] = $"^(?:{NamePattern})$" },
            ["additionalProperties"] = Value.ToSchema(),
        };
        if (Min > 0)
            schema["minProperties"] = Min;
        if (Offered.Length > 0)
            schema["properties"] = new JsonObject(Offered.Select(offer => KeyValuePair.Create(offer.Name, (JsonNode?)new JsonObject { ["description"] = offer.Meaning, ["allOf"] = new JsonArray(Value.ToSchema()) })));
        return schema;
    }
}
