using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>A text; numbers and truth values count as the text they are written with, as a file name or an argument may look like one.</summary>
/// <param name="What">What the text says, for messages: <c>a file name</c>.</param>
internal sealed record TextShape(string What) : Shape
{
    /// <summary>The whole text must match; with <see cref="What"/> saying what that means.</summary>
    public string? Pattern { get; init; }

    /// <summary>Whether an empty text will do.</summary>
    public bool MayBeEmpty { get; init; }

    public override string Expected => What;

    private bool LooksLikeNumber => Pattern is null || Regex.IsMatch("1", $"^(?:{Pattern})\\z", RegexOptions.CultureInvariant);

    public override bool Check(Node node, Problems problems) =>
        node is ScalarNode { IsNull: false } scalar && (MayBeEmpty || scalar.Text.Length > 0)
        && (Pattern is null || Regex.IsMatch(scalar.Text, $"^(?:{Pattern})\\z", RegexOptions.CultureInvariant))
        || Refuse(node, problems);

    public override JsonObject ToSchema()
    {
        var schema = new JsonObject { ["type"] = LooksLikeNumber ? new JsonArray("string", "number", "boolean") : "string" };
        if (Pattern is not null)
            schema["pattern"] = $"^(?:{Pattern})$";
        else if (!MayBeEmpty)
            schema["minLength"] = 1;
        return schema;
    }
}
