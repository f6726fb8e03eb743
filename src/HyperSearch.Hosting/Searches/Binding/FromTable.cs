using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Hosting.Searches.Yaml;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Searches.Binding;

/// <summary>The field <c>from</c>: the earlier campaigns that a search starts from.</summary>
internal static class FromTable
{
    private static readonly TextShape Earlier = new("a campaign's name or path, such as results/digits");

    private static readonly ListShape SeveralEarlier = new("a list of campaigns, such as [results/a, results/b]", Earlier);

    /// <summary>One campaign, or a list of them.</summary>
    private static readonly Form<ImmutableArray<string>> Campaigns = new(
        new KindShape("a campaign, such as results/digits, or a list of campaigns") { Single = Earlier, List = SeveralEarlier },
        node => node is ListNode list ? [.. list.AsItems().Select(item => item.AsText())] : [node.AsText()],
        campaigns => campaigns is [var only] ? SpaceText.Quoted(only) : $"[{string.Join(", ", campaigns.Select(SpaceText.Quoted))}]")
    {
        Say = campaigns => string.Join(", ", campaigns),
    };

    private static readonly Section<WarmStart> Start = new("from", new WarmStart("earlier"))
    {
        {
            "campaign", Campaigns, start => start.Campaigns, (start, v) => start with { Campaigns = v },
            "The campaign, or a list of several: a path that starts at this file or at the current folder, or a name under the results "
            + "folder.", Rules.Required
        },
        { "best", Form.Count(1), start => start.Best, (start, v) => start with { Best = v },
            "How many configurations: the best of a campaign, the best first; of several, those that did well together over all." },
    };

    /// <summary>One campaign, a list of them, or a map with their number of configurations.</summary>
    public static Field<Search> Field { get; } = new(new Key(
        "from",
        new KindShape("a campaign, such as results/digits, a list of campaigns, or {campaign: results/digits, best: 10}")
        {
            Single = Earlier,
            List = SeveralEarlier,
            Map = Start.Shape,
        },
        "An earlier campaign whose best configurations are tried first, or several, of which those are that did well together; values "
        + "are carried over to this space. Their trials are copied: they may go afterwards."))
    {
        Read = (search, node, reading) => search with
        {
            From = node is MapNode ? Start.Read(Start.Untouched, node, reading) : new WarmStart(Campaigns.Read(node)),
        },
        Write = search => search.From is { } from ? Start.Write(from) : null,
        Facts = search => search.From is { } from ? Start.Facts(from, "from") : [],
    };
}
