using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace HyperSearch.Hosting.Searches.Yaml;

/// <summary>Reads a YAML text into nodes that remember their places; what YAML itself forbids becomes errors in plain words.</summary>
internal sealed class YamlText
{
    private const int DeepestNesting = 50;
    private readonly Parser _parser;
    private readonly Problems _problems;
    private readonly Dictionary<AnchorName, Node> _anchors = [];

    private YamlText(string text, Problems problems) => (_parser, _problems) = (new Parser(new StringReader(text)), problems);

    /// <summary>The document; <c>null</c> when it cannot be read, for which an error was noted.</summary>
    public static Node? Read(string text, Problems problems)
    {
        try
        {
            return new YamlText(text, problems).ReadDocument();
        }
        catch (YamlException e)
        {
            var (mark, message) = YamlMessage.Of(e, text);
            problems.Add(mark, $"not valid YAML: {message}");
            return null;
        }
        catch (InvalidOperationException)
        {
            // The parser's way to meet a bracket that the rest of the text never closes.
            problems.Add(YamlMessage.Unclosed(text), "not valid YAML: the bracket that opens here is never closed.");
            return null;
        }
    }

    private Node? ReadDocument()
    {
        _parser.Consume<StreamStart>();
        if (!_parser.TryConsume<DocumentStart>(out _))
        {
            _problems.Add(new Mark(1, 1),
                "the file is empty. A search file has the keys objective, minimize (or maximize), space and method; "
                + "`hypersearch new` writes one to start from.");
            return null;
        }

        var root = ReadNode(0);
        _parser.Consume<DocumentEnd>();
        if (_parser.Accept<DocumentStart>(out var second))
            _problems.Add(At(second.Start),
                "a second document begins here. A search file is one document: remove the `---` or split the file.");
        return root;
    }

    private Node ReadNode(int depth)
    {
        if (depth > DeepestNesting)
            throw new YamlException(_parser.Current!.Start, _parser.Current.End, "the nesting is deeper than any search file needs.");
        if (_parser.TryConsume<AnchorAlias>(out var alias))
        {
            return _anchors.TryGetValue(alias.Value, out var target)
                ? target
                : throw new YamlException(alias.Start, alias.End, $"nothing before this line is named &{alias.Value}.");
        }

        var start = _parser.Accept<NodeEvent>(out var opening) ? opening : throw new YamlException("a value is missing.");
        var tag = start.Tag.IsEmpty || start.Tag.IsNonSpecific ? "" : start.Tag.Value;
        if (tag.Length > 0 && !tag.StartsWith("tag:yaml.org,2002:", StringComparison.Ordinal))
            _problems.Add(At(start.Start), $"the tag {tag} has no meaning in a search file: remove it.");
        var node = ReadContent(tag, depth);
        if (!start.Anchor.IsEmpty)
            _anchors[start.Anchor] = node;
        return node;
    }

    private Node ReadContent(string tag, int depth)
    {
        if (_parser.TryConsume<Scalar>(out var scalar))
            return new ScalarNode(At(scalar.Start), scalar.Value, scalar.Style != ScalarStyle.Plain || tag == "tag:yaml.org,2002:str");
        if (_parser.TryConsume<SequenceStart>(out var list))
        {
            var items = ImmutableArray.CreateBuilder<Node>();
            while (!_parser.TryConsume<SequenceEnd>(out _))
                items.Add(ReadNode(depth + 1));
            return new ListNode(At(list.Start), items.ToImmutable());
        }

        // `[Unnamed: 0]` is a list with a map that has no bracket of its own; the parser gives it no place, its key has one.
        var map = _parser.Consume<MappingStart>();
        var hasPlace = !map.End.Equals(YamlDotNet.Core.Mark.Empty) || !_parser.Accept<NodeEvent>(out _);
        return ReadMap(At(hasPlace ? map.Start : _parser.Current!.Start), depth);
    }

    private MapNode ReadMap(Mark mark, int depth)
    {
        var entries = ImmutableArray.CreateBuilder<(ScalarNode, Node)>();
        var lines = new Dictionary<string, int>(StringComparer.Ordinal);
        var merged = new List<Node>();
        while (!_parser.TryConsume<MappingEnd>(out _))
        {
            var isMerge = _parser.Accept<Scalar>(out var merge) && merge is { Value: "<<", Style: ScalarStyle.Plain };
            var key = ReadNode(depth + 1);
            var value = ReadNode(depth + 1);
            if (isMerge)
                merged.AddRange(value is ListNode several ? several.Items : [value]);
            else if (key is not ScalarNode name)
                _problems.Add(key, "a key is a single word, not a list or a map.");
            else if (!lines.TryAdd(name.Text, name.Mark.Line))
                _problems.Add(name,
                    $"the key \"{name.Text}\" stands here for the second time; the first is in line {lines[name.Text]}. Keep one of them.");
            else
                entries.Add((name, value));
        }

        foreach (var other in merged)
            Merge(other, entries, lines);
        return new MapNode(mark, entries.ToImmutable());
    }

    /// <summary>Adds the entries of another map (<c>&lt;&lt;: *other</c>) that this one does not have itself.</summary>
    private void Merge(Node other, ImmutableArray<(ScalarNode, Node)>.Builder entries, Dictionary<string, int> lines)
    {
        if (other is not MapNode map)
        {
            _problems.Add(other, $"<< takes over the entries of another map, or of a list of maps, but here is {other.Describe()}.");
            return;
        }

        foreach (var (name, value) in map.Entries)
        {
            if (lines.TryAdd(name.Text, name.Mark.Line))
                entries.Add((name, value));
        }
    }

    private static Mark At(YamlDotNet.Core.Mark mark) => new((int)mark.Line, (int)mark.Column);
}
