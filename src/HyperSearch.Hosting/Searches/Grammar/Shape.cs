using System.Text.Json.Nodes;
using HyperSearch.Hosting.Searches.Yaml;

namespace HyperSearch.Hosting.Searches.Grammar;

/// <summary>What may stand at one place of a search file: it checks a node, and it writes itself as JSON schema, so that both always agree.</summary>
internal abstract record Shape
{
    /// <summary>What is right here, for messages: <c>a whole number of at least 1</c>.</summary>
    public abstract string Expected { get; }

    /// <summary>Notes everything that is wrong with a node.</summary>
    /// <returns>Whether nothing is.</returns>
    public abstract bool Check(Node node, Problems problems);

    /// <summary>The same law as JSON schema.</summary>
    public abstract JsonObject ToSchema();

    /// <summary>Notes that something else stands here.</summary>
    protected bool Refuse(Node node, Problems problems) => problems.Add(node, $"expected {Expected}, but here is {node.Describe()}.");
}
