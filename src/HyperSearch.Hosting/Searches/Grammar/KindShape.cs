using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>One law for a single value, one for a list, one for a map; where a kind has none, it may not stand here.</summary>
/// <param name="What">What is right here, for messages.</param>
internal sealed record KindShape(string What) : Shape
{
    /// <summary>The law of a single value.</summary>
    public Shape? Single { get; init; }

    /// <summary>The law of a list.</summary>
    public Shape? List { get; init; }

    /// <summary>The law of a map.</summary>
    public Shape? Map { get; init; }

    public override string Expected => What;

    public override bool Check(Node node, Problems problems) =>
        (node is ScalarNode ? Single : node is ListNode ? List : Map)?.Check(node, problems) ?? Refuse(node, problems);

    public override JsonObject ToSchema() => new()
    {
        ["anyOf"] = new JsonArray([.. new[] { Single, List, Map }.OfType<Shape>().Select(shape => (JsonNode)shape.ToSchema())]),
    };
}
