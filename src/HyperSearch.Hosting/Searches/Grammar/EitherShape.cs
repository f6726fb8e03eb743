using System.Collections.Immutable;
using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>Any of several single values.</summary>
/// <param name="What">What is right here, for messages.</param>
/// <param name="Shapes">The laws, of which one must hold.</param>
internal sealed record EitherShape(string What, ImmutableArray<Shape> Shapes) : Shape
{
    public override string Expected => What;

    public override bool Check(Node node, Problems problems) => Shapes.Any(shape => shape.Check(node, new Problems(""))) || Refuse(node, problems);

    public override JsonObject ToSchema() => new() { ["anyOf"] = new JsonArray([.. Shapes.Select(shape => (JsonNode)shape.ToSchema())]) };
}
