using System.Collections.Immutable;
using System.Text.Json.Nodes;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Planning;
using HyperSearch.Web.Following;

namespace HyperSearch.Web.Tests;

/// <summary>What a viewer that follows knows is what one knows that comes anew.</summary>
public sealed class TrialFeedTests
{
    private const int Rank = 0, Number = 1;

    [Fact]
    public async Task Changes_AddUpToTheWhole()
    {
        await using var served = await Served.StartAsync();
        var campaign = Campaign.Open(await served.RunAsync("mine", Served.Search(40)));
        var (whole, outcomes) = (campaign.Read(), campaign.Outcomes.ToImmutableArray());
        var feed = new TrialFeed();
        List<JsonArray> known = [];
        var (snapshots, changes) = (0, 0);
        for (var count = 0; count <= outcomes.Length; count += count % 3 + 1)
        {
            ImmutableArray<Outcome> part = [.. outcomes.Take(count)];
            if (feed.Take(whole with { Trials = Trial.Fold(part, 2) }, part) is not { } item)
                continue;
            var news = JsonNode.Parse(item.Data)!;
            if (item.EventType == TrialFeed.Snapshot)
                (known, snapshots) = (Rows(news["trials"]!), snapshots + 1);
            else
                changes += Merge(known, Rows(news)) > 0 ? 1 : 0;
            Assert.Equal(count, known.Count);
            Assert.Equal(Whole(whole with { Trials = Trial.Fold(part, 2) }, part), Told(known));
        }

        Assert.InRange(snapshots, 1, 2); // nothing, and perhaps the first trial with its metric
        Assert.True(changes > 10);
    }

    [Fact]
    public async Task Viewer_ThatComesBackIsToldWhatFollowedItsLastEvent()
    {
        await using var served = await Served.StartAsync();
        var campaign = Campaign.Open(await served.RunAsync("mine", Served.Search(9)));
        var (whole, outcomes) = (campaign.Read(), campaign.Outcomes.ToImmutableArray());
        var feed = new TrialFeed();
        string? last = null;
        for (var count = 1; count <= outcomes.Length; count++)
        {
            ImmutableArray<Outcome> part = [.. outcomes.Take(count)];
            var id = feed.Take(whole with { Trials = Trial.Fold(part, 2) }, part)!.Value.EventId;
            last = count == 7 ? id : last;
        }

        Assert.Equal([TrialFeed.Rows, TrialFeed.Rows], feed.Since(last).Select(item => item.EventType));
        Assert.Equal([TrialFeed.Snapshot], feed.Since("another-5").Select(item => item.EventType));
        Assert.Equal([TrialFeed.Snapshot], feed.Since(null).Select(item => item.EventType));
        Assert.Empty(feed.Since(feed.Since(last).Last().EventId));
    }

    [Fact]
    public void Page_OfVeryManyTrialsHasTheBestAndTheLatest()
    {
        const int Many = TrialFeed.Most + 2000;
        var point = new HyperSearch.Spaces.Point([]);
        RankedTrial[] ranked = [.. Enumerable.Range(0, Many).Select(rank => new RankedTrial(rank + 1, new Trial
        {
            Number = (int)(rank * 7919L % Many),
            Point = point,
            Origin = new HyperSearch.Samplers.Origin(HyperSearch.Samplers.OriginKind.Global),
            State = OutcomeState.Completed,
        }, rank))];
        var shown = TrialFeed.Shown(ranked).ToArray();
        Assert.Equal(TrialFeed.Most, shown.Length);
        Assert.Equal(ranked.Take(TrialFeed.Most / 2), shown.Take(TrialFeed.Most / 2));
        Assert.Contains(shown, entry => entry.Trial.Number == Many - 1);
        Assert.Equal(shown.Select(entry => entry.Rank).Order(), shown.Select(entry => entry.Rank));
    }

    /// <summary>As the page's script does it.</summary>
    private static int Merge(List<JsonArray> known, List<JsonArray> rows)
    {
        known.RemoveAll(row => rows.Exists(news => (int)news[Number]! == (int)row[Number]!));
        foreach (var row in rows)
            known.Insert((int)row[Rank]! - 1, row);
        for (var index = 0; index < known.Count; index++)
            known[index][Rank] = index + 1;
        return rows.Count;
    }

    private static List<JsonArray> Rows(JsonNode node) => [.. node["rows"]!.AsArray().Select(row => row!.AsArray())];

    /// <summary>The rows without their places on the axes, whose last one the page works out itself.</summary>
    private static string[] Told(IEnumerable<JsonArray> rows) =>
        [.. rows.Select(row => string.Join(' ', row.SkipLast(1).Select(cell => cell?.ToJsonString())))];

    private static string[] Whole(CampaignSnapshot now, IReadOnlyList<Outcome> outcomes) =>
        Told(Rows(JsonNode.Parse(new TrialFeed().Take(now, outcomes)!.Value.Data)!["trials"]!));
}
