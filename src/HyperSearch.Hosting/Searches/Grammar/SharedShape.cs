using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>A shape that the JSON schema writes once and refers to by name.</summary>
/// <param name="Name">Its name under <c>definitions</c>.</param>
/// <param name="Shape">What it is.</param>
internal sealed record SharedShape(string Name, Shape Shape) : Shape
{
    public override string Expected => Shape.Expected;

    public override bool Check(Node node, Problems problems) => Shape.Check(node, problems);

    public override JsonObject ToSchema() => new() { ["$ref"] = $"#/definitions/{Name}" };
}
