using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>A value of a parameter: a finite number, a word or a truth value.</summary>
internal sealed record ValueShape : Shape
{
    public override string Expected => "a number, a word, true or false";

    public override bool Check(Node node, Problems problems) =>
        node is ScalarNode { IsNull: false } scalar && double.IsFinite(scalar.Number ?? 0) || Refuse(node, problems);

    public override JsonObject ToSchema() => new() { ["type"] = new JsonArray("number", "string", "boolean") };
}
