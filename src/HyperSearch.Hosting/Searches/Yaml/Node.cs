using System.Collections.Immutable;

namespace HyperSearch.Hosting.Searches.Yaml;

/// <summary>A piece of YAML that knows where it stands.</summary>
/// <param name="Mark">Where it begins.</param>
internal abstract record Node(Mark Mark)
{
    /// <summary>The piece in words, for messages: <c>the word "fast"</c>, <c>a list</c>.</summary>
    public abstract string Describe();

    /// <summary>The entry of a map; <c>null</c> when this is no map or has no such key.</summary>
    public virtual Node? this[string key] => null;

    // A node is one place of one file: two of them are never the same, however equal they read.
    public virtual bool Equals(Node? other) => ReferenceEquals(this, other);

    public override int GetHashCode() => System.Runtime.CompilerServices.RuntimeHelpers.GetHashCode(this);
}

/// <summary>A place in a text, counted from 1.</summary>
internal readonly record struct Mark(int Line, int Column);

/// <summary>A list.</summary>
internal sealed record ListNode(Mark Mark, ImmutableArray<Node> Items) : Node(Mark)
{
    public override string Describe() => Items.IsEmpty ? "an empty list" : "a list";
}

/// <summary>Keys and values, in the order of the file, no key twice.</summary>
internal sealed record MapNode(Mark Mark, ImmutableArray<(ScalarNode Key, Node Value)> Entries) : Node(Mark)
{
    private readonly Dictionary<string,
        Node> _byKey = Entries.ToDictionary(entry => entry.Key.Text, entry => entry.Value, StringComparer.Ordinal);

    public override Node? this[string key] => _byKey.GetValueOrDefault(key);

    public override string Describe() => Entries.IsEmpty ? "an empty map" : $"a map with the key \"{Entries[0].Key.Text}\"";
}
