using System.Collections.Immutable;
using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>A map with known keys.</summary>
/// <param name="What">What it is, for messages: <c>the limits</c>.</param>
/// <param name="Keys">All keys it may have.</param>
internal sealed record MapShape(string What, ImmutableArray<Key> Keys) : Shape
{
    /// <summary>Groups of keys of which exactly one stands in the map.</summary>
    public ImmutableArray<ImmutableArray<string>> ExactlyOne { get; init; } = [];

    /// <summary>What to say of an unknown key instead of naming the nearest, for instance where it belongs; <c>null</c> when it has nothing to say.</summary>
    public Func<string, string?> Advice { get; init; } = static _ => null;

    public override string Expected => $"{What} as a map with {(Keys.Length == 1 ? "the key" : "keys such as")} {Nearest.List([.. Keys.Take(4).Select(key => key.Name)])}";

    public override bool Check(Node node, Problems problems)
    {
        if (node is not MapNode map)
            return Refuse(node, problems);
        var sound = true;
        var misspelt = map.Entries.Select(entry => entry.Key.Text).Where(name => Keys.All(key => key.Name != name)).Select(name => Nearest.Of(name, Keys.Select(key => key.Name))).ToHashSet();
        foreach (var (name, value) in map.Entries)
        {
            if (Keys.FirstOrDefault(key => key.Name == name.Text) is { } known)
                sound &= known.Shape.Check(value, problems);
            else
                sound = problems.Add(name, $"unknown key \"{name.Text}\" in {What}.{WayOut(name.Text)}");
        }

        foreach (var key in Keys.Where(key => key.Required && map[key.Name] is null && !misspelt.Contains(key.Name)))
            sound = problems.Add(node, $"{What}: the key \"{key.Name}\" is missing. {key.Meaning}");
        foreach (var group in ExactlyOne)
            sound &= group.Any(misspelt.Contains) || HasExactlyOne(map, group, problems);
        if (!sound)
            problems.Taint(node);
        return sound;
    }

    public override JsonObject ToSchema()
    {
        var properties = new JsonObject();
        foreach (var key in Keys)
            properties[key.Name] = Describe(key);
        var schema = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["properties"] = properties };
        if (Keys.Where(key => key.Required).Select(key => (JsonNode)key.Name).ToArray() is { Length: > 0 } required)
            schema["required"] = new JsonArray(required);
        if (ExactlyOne.Length > 0)
        {
            schema["allOf"] = new JsonArray([.. ExactlyOne.Select(group => (JsonNode)new JsonObject
            {
                ["oneOf"] = new JsonArray([.. group.Select(name => (JsonNode)new JsonObject { ["required"] = new JsonArray(name) })]),
            })]);
        }

        return schema;
    }

    private string WayOut(string name) => Advice(name) is { } advice
        ? $" {advice}"
        : $"{Nearest.Hint(name, Keys.Select(key => key.Name))} Known: {string.Join(", ", Keys.Select(key => key.Name))}.";

    private static JsonObject Describe(Key key)
    {
        var schema = key.Shape.ToSchema();
        schema["description"] = key.Default is null ? key.Meaning : $"{key.Meaning} Default: {key.Default}.";
        return schema;
    }

    private bool HasExactlyOne(MapNode map, ImmutableArray<string> group, Problems problems)
    {
        var present = map.Entries.Where(entry => group.Contains(entry.Key.Text)).ToArray();
        return present.Length switch
        {
            1 => true,
            0 => problems.Add(map, $"{What}: one of the keys {string.Join(", ", group)} is missing."),
            _ => problems.Add(present[1].Key, $"{What} takes only one of {string.Join(", ", group)}, and line {present[0].Key.Mark.Line} has {present[0].Key.Text}. Keep one."),
        };
    }
}
