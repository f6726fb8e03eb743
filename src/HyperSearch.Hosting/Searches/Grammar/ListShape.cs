using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>A list.</summary>
/// <param name="What">What the list is, for messages: <c>a list of at least one argument</c>.</param>
/// <param name="Item">What each item is.</param>
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
        if (!sound)
            problems.Taint(node);
        return sound;
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
