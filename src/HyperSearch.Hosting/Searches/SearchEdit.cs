using System.Collections.Immutable;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;

namespace HyperSearch.Hosting.Searches;

/// <summary>Sets values in the text of a search file and leaves the rest, comments included, as it is.</summary>
public static class SearchEdit
{
    /// <summary>What stands before an assignment where one is told, and, in a comment, where a campaign keeps it.</summary>
    internal const string SetMark = "Set by the command line: ";

    /// <summary>The assignments that are named in the comments of a campaign's text.</summary>
    internal static ImmutableArray<string> Settings(string text) => text.Contains(SetMark, StringComparison.Ordinal)
        ? [.. text.Split('\n').Where(line => line.StartsWith($"# {SetMark}", StringComparison.Ordinal))
            .Select(line => line[$"# {SetMark}".Length..].TrimEnd())]
        : [];

    /// <summary>Sets one value.</summary>
    /// <param name="text">The text of a search file that can be read.</param>
    /// <param name="assignment">The keys to the value with dots between them, and the value as YAML: <c>space.learning_rate=0.01</c>,
    /// <c>method.sampler=gp</c>.</param>
    /// <returns>The new text, and what stood there before; <c>null</c> where nothing did.</returns>
    /// <exception cref="FormatException">The assignment is none, or leads through something that has no keys.</exception>
    public static (string Text, string? Before) Set(string text, string assignment)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(assignment);
        var equals = assignment.IndexOf('=', StringComparison.Ordinal);
        var keys = equals < 0 ? [] : assignment[..equals].Trim().Split('.');
        var value = equals < 0 ? "" : assignment[(equals + 1)..].Trim();
        if (keys.Length == 0 || value.Length == 0 || keys.Any(string.IsNullOrWhiteSpace) || value.AsSpan().ContainsAny('\n', '\r'))
            throw new FormatException($"\"{assignment}\" sets nothing: write KEY=VALUE, such as " +
                "space.learning_rate=0.01 or method.sampler=gp.");

        if (Root(text) is not { Entries: { Count: > 0 } } map)
            throw new FormatException("A search file is a map of keys, so nothing can be set in this one.");
        for (var i = 0; i < keys.Length; i++)
        {
            if (map.Entries!.FirstOrDefault(entry => entry.Key == keys[i]).Value is not { } found)
                return (Inserted(text, map, Entry(keys[i..], value)), null);
            if (i == keys.Length - 1)
            {
                var gap = found.From > 0 && text[found.From - 1] == ':' ? " " : ""; // the value was empty
                return (string.Concat(text.AsSpan(0, found.From), gap + value, text.AsSpan(found.To)), text[found.From..found.To]);
            }

            map = found.Entries is not null ? found : throw new FormatException(
                $"\"{assignment}\" leads through {string.Join('.', keys[..(i + 1)])}, which has no keys: "
                + $"set that itself, such as {string.Join('.', keys[..(i + 1)])}={{{Entry(keys[(i + 1)..], value)}}}.");
        }

        throw new FormatException($"\"{assignment}\" sets nothing.");
    }

    private static Part? Root(string text)
    {
        try
        {
            var parser = new Parser(new StringReader(text));
            parser.Consume<StreamStart>();
            return parser.TryConsume<DocumentStart>(out _) ? Part.Read(parser) : null;
        }
        catch (YamlException mistake)
        {
            throw new FormatException($"The search file cannot be read: {mistake.Message}", mistake);
        }
    }

    private static string Entry(string[] keys, string value) =>
        keys.Length == 1 ? $"{keys[0]}: {value}" : $"{keys[0]}: {{{Entry(keys[1..], value)}}}";

    private static string Inserted(string text, Part map, string entry)
    {
        if (map.IsFlow)
            return text.Insert(map.To - 1, map.Entries!.Count > 0 ? $", {entry}" : entry);
        var at = map.Entries![0].At;
        return text.Insert(at, entry + "\n" + new string(' ', at - (text.LastIndexOf('\n', Math.Max(0, at - 1)) + 1)));
    }

    /// <summary>A value of the file and where it stands, as indexes of its text.</summary>
    /// <param name="From">Where it begins.</param>
    /// <param name="To">Where it ends; a block ends where its last value does, because YAML ends it at the next key only.</param>
    /// <param name="IsFlow">Whether it is written in brackets.</param>
    /// <param name="Entries">The entries of a map and where their keys begin; <c>null</c> for other values.</param>
    private sealed record Part(int From, int To, bool IsFlow, IReadOnlyList<(string? Key, int At, Part Value)>? Entries)
    {
        public static Part Read(IParser parser)
        {
            if (parser.TryConsume<MappingStart>(out var map))
            {
                var entries = new List<(string?, int, Part Value)>();
                MappingEnd end;
                while (!parser.TryConsume(out end!))
                {
                    var name = (parser.Current as Scalar)?.Value;
                    var key = Read(parser);
                    entries.Add((name, key.From, Read(parser)));
                }

                var isFlow = map.Style == MappingStyle.Flow;
                return new Part((int)map.Start.Index, isFlow || entries.Count == 0 ? (int)end.Start.Index + 1 : entries[^1].Value.To,
                    isFlow, entries);
            }

            if (parser.TryConsume<SequenceStart>(out var list))
            {
                var to = (int)list.End.Index;
                SequenceEnd end;
                while (!parser.TryConsume(out end!))
                    to = Read(parser).To;
                return new Part((int)list.Start.Index, list.Style == SequenceStyle.Flow ? (int)end.Start.Index + 1 : to,
                    list.Style == SequenceStyle.Flow, null);
            }

            var single = parser.Consume<NodeEvent>();
            return new Part((int)single.Start.Index, (int)single.End.Index, false, null);
        }
    }
}
