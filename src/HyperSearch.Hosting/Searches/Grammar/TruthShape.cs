using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>True or false.</summary>
internal sealed record TruthShape : Shape
{
    public override string Expected => "true or false";

    public override bool Check(Node node, Problems problems) => node is ScalarNode { Truth: not null } || Refuse(node, problems);

    public override JsonObject ToSchema() => new() { ["type"] = "boolean" };
}
