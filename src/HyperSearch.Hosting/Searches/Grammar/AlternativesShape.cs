using System.Collections.Immutable;
using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>One of several maps, told apart by a key that only one of them has.</summary>
/// <param name="What">What it is, for messages: <c>the objective</c>.</param>
/// <param name="Noun">What the telling keys are: <c>scale</c>.</param>
/// <param name="Maps">The maps by their telling keys.</param>
internal sealed record AlternativesShape(string What, string Noun, ImmutableArray<(string Key, MapShape Map)> Maps) : Shape
{
    public override string Expected => $"{What} as a map with one of the keys {Known}";

    private string Known => string.Join(", ", Maps.Select(map => map.Key));

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
            _ => Taint(node, problems.Add(telling[1].Key, $"{What} takes one {Noun}, but line {telling[0].Key.Mark.Line} already has {telling[0].Key.Text}. Keep one of them."), problems),
        };
    }

    public override JsonObject ToSchema() => new() { ["anyOf"] = new JsonArray([.. Maps.Select(map => (JsonNode)map.Map.ToSchema())]) };

    private bool RefuseNone(MapNode map, Problems problems)
    {
        var stranger = map.Entries.FirstOrDefault(entry => !Maps.Any(known => known.Map.Keys.Any(key => key.Name == entry.Key.Text))).Key;
        return Taint(map, stranger is null
            ? problems.Add(map, $"{What} needs one of the keys {Known}.")
            : problems.Add(stranger, $"unknown {Noun} \"{stranger.Text}\" in {What}.{Nearest.Hint(stranger.Text, Maps.Select(known => known.Key))} Known: {Known}."), problems);
    }

    private static bool Taint(Node node, bool sound, Problems problems)
    {
        problems.Taint(node);
        return sound;
    }
}
