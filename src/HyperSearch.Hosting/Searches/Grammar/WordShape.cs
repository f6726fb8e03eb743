using System.Collections.Immutable;
using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Numerics;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>One of some words.</summary>
/// <param name="What">What they name, for messages: <c>protocol</c>.</param>
/// <param name="Words">The words.</param>
internal sealed record WordShape(string What, ImmutableArray<string> Words) : Shape
{
    public override string Expected => Words.Length == 1 ? $"the word {Words[0]}" : $"one of {string.Join(", ", Words)}";

    public override bool Check(Node node, Problems problems) => node is not ScalarNode { IsNull: false } scalar
        ? Refuse(node, problems)
        : Words.Contains(scalar.Text)
        || problems.Add(node, $"unknown {What} \"{scalar.Text}\".{Nearest.Hint(scalar.Text, Words)} Known: {string.Join(", ", Words)}.");

    public override JsonObject ToSchema() => new() { ["enum"] = new JsonArray([.. Words.Select(word => (JsonNode)word)]) };
}
