using System.Collections.Immutable;
using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>A method by its name, or as a map of its name to its options: <c>random</c>, <c>{coarse_to_fine: {global_share: 0.1}}</c>.</summary>
/// <param name="Catalog">The methods.</param>
internal sealed record NamedShape(OptionCatalog Catalog) : Shape
{
    private readonly ImmutableDictionary<string, MapShape> _options = Catalog.Entries.ToImmutableDictionary(entry => entry.Name, OptionsOf, StringComparer.Ordinal);

    public override string Expected => $"the name of a {Catalog.Noun}, alone or as the one key of a map with its options";

    private string[] Names => [.. Catalog.Entries.Select(entry => entry.Name)];

    public override bool Check(Node node, Problems problems) => node switch
    {
        ScalarNode { IsNull: false } name => Knows(name, problems),
        MapNode { Entries: [var (name, options)] } => CheckOptions(node, name, options, problems),
        MapNode { Entries: [_, var (second, _), ..] } => Taint(node, problems.Add(second, $"a {Catalog.Noun} is one name; options stand below it: {{{Catalog.Entries[0].Name}: {{…}}}}."), problems),
        _ => Refuse(node, problems),
    };

    public override JsonObject ToSchema()
    {
        var names = new JsonObject { ["enum"] = new JsonArray([.. Names.Select(name => (JsonNode)name)]) };
        var properties = new JsonObject();
        foreach (var name in Names)
        {
            var options = _options[name].ToSchema();
            options["type"] = new JsonArray("object", "null");
            properties[name] = options;
        }

        var withOptions = new JsonObject { ["type"] = "object", ["additionalProperties"] = false, ["minProperties"] = 1, ["maxProperties"] = 1, ["properties"] = properties };
        return new JsonObject { ["anyOf"] = new JsonArray(names, withOptions) };
    }

    private static MapShape OptionsOf(OptionCatalog.Entry entry)
    {
        var untouched = Activator.CreateInstance(entry.Type)!;
        return new MapShape($"the options of {entry.Name}", [.. entry.Options.Select(option => option.ToKey(untouched))]);
    }

    private static bool Taint(Node node, bool sound, Problems problems)
    {
        problems.Taint(node);
        return sound;
    }

    private bool Knows(ScalarNode name, Problems problems) => _options.ContainsKey(name.Text)
        || problems.Add(name, $"unknown {Catalog.Noun} \"{name.Text}\".{Nearest.Hint(name.Text, Names)} Known: {string.Join(", ", Names)}.");

    private bool CheckOptions(Node node, ScalarNode name, Node options, Problems problems)
    {
        var sound = Knows(name, problems) && (options is ScalarNode { IsNull: true } || _options[name.Text].Check(options, problems));
        if (!sound)
            problems.Taint(node);
        return sound;
    }
}
