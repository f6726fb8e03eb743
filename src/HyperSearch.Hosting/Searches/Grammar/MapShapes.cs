using System.Collections.Immutable;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>One key of a map.</summary>
/// <param name="Name">As it is written.</param>
/// <param name="Shape">The shape of its value.</param>
/// <param name="Meaning">A sentence for people who have not seen it before; editors show it.</param>
internal sealed record Key(string Name, Shape Shape, string Meaning)
{
    /// <summary>Whether the map is nothing without it.</summary>
    public bool Required { get; init; }

    /// <summary>Its default, as a search file would write it; <c>null</c> when the default is no value.</summary>
    public string? Default { get; init; }
}

/// <summary>A map with known keys.</summary>
/// <param name="What">The map in words, for messages: <c>the limits</c>.</param>
/// <param name="Keys">All keys it may have.</param>
internal sealed record MapShape(string What, ImmutableArray<Key> Keys) : Shape
{
    /// <summary>The most unknown keys that are told one by one.</summary>
    private const int MostUnknown = 50;

    /// <summary>Groups of keys: exactly one key of each stands in the map.</summary>
    public ImmutableArray<ImmutableArray<string>> ExactlyOne { get; init; } = [];

    /// <summary>
    /// The answer to an unknown key instead of the nearest known one, for instance where the key belongs; <c>null</c> when there is none.
    /// </summary>
    public Func<string, string?> Advice { get; init; } = static _ => null;

    public override string Expected =>
        $"{What} as a map with {(Keys.Length == 1 ? "the key" : "keys such as")} {Nearest.List([.. Keys.Take(4).Select(key => key.Name)])}";

    public override bool Check(Node node, Problems problems)
    {
        if (node is not MapNode map)
            return Refuse(node, problems);
        var sound = true;
        var unknown = map.Entries.Where(entry => Keys.All(key => key.Name != entry.Key.Text)).Select(entry => entry.Key).ToList();
        var misspelt = unknown.Take(MostUnknown).Select(name => Nearest.Of(name.Text, Keys.Select(key => key.Name))).ToHashSet();
        foreach (var name in unknown.Take(MostUnknown))
            sound = problems.Add(name, $"unknown key \"{name.Text}\" in {What}.{WayOut(name.Text)}");
        if (unknown.Count > MostUnknown)
            sound = problems.Add(unknown[MostUnknown], $"{unknown.Count - MostUnknown} more keys from here on are unknown in {What}.");
        foreach (var key in Keys)
            sound &= map[key.Name] is not { } value || key.Shape.Check(value, problems);
        foreach (var key in Keys.Where(key => key.Required && map[key.Name] is null && !misspelt.Contains(key.Name)))
            sound = problems.Add(node, $"{What}: the key \"{key.Name}\" is missing. {key.Meaning}");
        foreach (var group in ExactlyOne)
            sound &= group.Any(misspelt.Contains) || HasExactlyOne(map, group, problems);
        return problems.Taint(node, sound);
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
        : Keys.IsEmpty ? " There are none."
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
            _ => problems.Add(present[1].Key,
                $"{What} takes only one of {string.Join(", ", group)}, "
                + $"and line {present[0].Key.Mark.Line} has {present[0].Key.Text}. Keep one."),
        };
    }
}

/// <summary>One of several maps, told apart by a key that only one of them has.</summary>
/// <param name="What">The map in words, for messages: <c>the objective</c>.</param>
/// <param name="Noun">The noun for the telling keys: <c>scale</c>.</param>
/// <param name="Maps">The maps by their telling keys.</param>
internal sealed record AlternativesShape(string What, string Noun, ImmutableArray<(string Key, MapShape Map)> Maps) : Shape
{
    /// <summary>Telling keys that no person writes, so that messages do not offer them.</summary>
    public ImmutableArray<string> Untold { get; init; } = [];

    public override string Expected => $"{What} as a map with one of the keys {Known}";

    private IEnumerable<string> Told => Maps.Select(map => map.Key).Except(Untold);

    private string Known => string.Join(", ", Told);

    /// <summary>The telling key of a sound map.</summary>
    public string KeyOf(Node node) => Maps.First(map => node[map.Key] is not null).Key;

    public override bool Check(Node node, Problems problems)
    {
        if (node is not MapNode map)
            return Refuse(node, problems);
        var telling = map.Entries.Where(entry => Maps.Any(known => known.Key == entry.Key.Text)).ToArray();
        return telling.Length switch
        {
            1 => Maps.First(known => known.Key == telling[0].Key.Text).Map.Check(node, problems),
            0 => RefuseNone(map, problems),
            _ => problems.Taint(node, problems.Add(
                telling[1].Key,
                    $"{What} takes one {Noun}, but line {telling[0].Key.Mark.Line} already has {telling[0].Key.Text}. Keep one of them.")),
        };
    }

    public override JsonObject ToSchema() => new() { ["anyOf"] = new JsonArray([.. Maps.Select(map => (JsonNode)map.Map.ToSchema())]) };

    private bool RefuseNone(MapNode map, Problems problems)
    {
        var stranger = map.Entries.FirstOrDefault(entry => !Maps.Any(known => known.Map.Keys.Any(key => key.Name == entry.Key.Text))).Key;
        return problems.Taint(map, stranger is null
            ? problems.Add(map, $"{What} needs one of the keys {Known}.")
            : problems.Add(stranger,
                $"unknown {Noun} \"{stranger.Text}\" in {What}."
                + $"{Nearest.Hint(stranger.Text, Told)} Known: {Known}."));
    }
}

/// <summary>A map whose keys are the user's own names.</summary>
/// <param name="What">The map in words, for messages.</param>
/// <param name="Value">The shape of each value.</param>
internal sealed record DictionaryShape(string What, Shape Value) : Shape
{
    /// <summary>The pattern that the whole name must match.</summary>
    public string NamePattern { get; init; } = Parameter.NamePattern;

    /// <summary>Names that editors shall offer, with what they mean; others are as good.</summary>
    public ImmutableArray<(string Name, string Meaning)> Offered { get; init; } = [];

    /// <summary>A better message about a value than its shape gives; <c>null</c> when there is none.</summary>
    public Func<string, Node, string?> Advice { get; init; } = static (_, _) => null;

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
                sound = problems.Add(name,
                    $"\"{name.Text}\" cannot be a name. A name begins with a letter and goes on with letters, digits, _, - or dots.");
            sound &= Advice(name.Text, value) is { } advice
                ? problems.Taint(value, problems.Add(value, advice))
                : Value.Check(value, problems);
        }

        return problems.Taint(node, sound);
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
            schema["properties"] = new JsonObject(
                Offered.Select(offer =>
                KeyValuePair.Create(offer.Name,
                (JsonNode?)new JsonObject { ["description"] = offer.Meaning, ["allOf"] = new JsonArray(Value.ToSchema()) })));
        return schema;
    }
}
