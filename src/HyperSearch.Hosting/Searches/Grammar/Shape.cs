using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>
/// The form of a value at one place of a search file: it checks a node, and it writes itself as JSON schema, so that both always agree.
/// </summary>
internal abstract record Shape
{
    /// <summary>The right form in words, for messages: <c>a whole number of at least 1</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>Notes everything that is wrong with a node.</summary>
    /// <returns>Whether nothing is.</returns>
    public abstract bool Check(Node node, Problems problems);

    /// <summary>The same law as JSON schema.</summary>
    public abstract JsonObject ToSchema();

    /// <summary>Notes that something else stands here.</summary>
    protected bool Refuse(Node node, Problems problems) => problems.Add(node, $"expected {Expected}, but here is {node.Describe()}.");
}

/// <summary>A list.</summary>
/// <param name="What">The list in words, for messages: <c>a list of at least one argument</c>.</param>
/// <param name="Item">The shape of each item.</param>
internal sealed record ListShape(string What, Shape Item) : Shape
{
    /// <summary>The least number of items.</summary>
    public int Min { get; init; } = 1;

    /// <summary>The greatest number of items.</summary>
    public int? Max { get; init; }

    public override string Expected => What;

    public override bool Check(Node node, Problems problems)
    {
        if (node is not ListNode list || list.Items.Length < Min || list.Items.Length > Max)
            return Refuse(node, problems);
        var sound = true;
        foreach (var item in list.Items)
            sound &= Item.Check(item, problems);
        return problems.Taint(node, sound);
    }

    public override JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = "array", ["items"] = Item.ToSchema() };
        if (Min > 0)
            schema["minItems"] = Min;
        if (Max is { } max)
            schema["maxItems"] = max;
        return schema;
    }
}

/// <summary>One law for a single value, one for a list, one for a map; where a kind has none, it may not stand here.</summary>
/// <param name="What">The right values, in words, for messages.</param>
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

/// <summary>A shape that the JSON schema writes once and refers to by name.</summary>
/// <param name="Name">Its name under <c>definitions</c>.</param>
/// <param name="Shape">The shape itself.</param>
internal sealed record SharedShape(string Name, Shape Shape) : Shape
{
    public override string Expected => Shape.Expected;

    public override bool Check(Node node, Problems problems) => Shape.Check(node, problems);

    public override JsonObject ToSchema() => new() { ["$ref"] = $"#/definitions/{Name}" };
}
