using System.Text.Json.Nodes;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Web.Following;

namespace HyperSearch.Web.Tests;

/// <summary>Following a campaign beside its owner.</summary>
public sealed class CampaignHubTests
{
    [Fact(Timeout = 60_000)]
    public async Task Viewer_SeesACampaignGoOnUntilItHasFinished()
    {
        await using var served = await Served.StartAsync();
        var folder = await served.RunAsync("mine", Served.Search(3));
        using var hub = new CampaignHub(folder, TimeProvider.System);
        var (rows, state, went) = (0, "", false);
        await foreach (var item in hub.FollowAsync(null, TestContext.Current.CancellationToken))
        {
            var news = item.Data.StartsWith('{') ? JsonNode.Parse(item.Data) : null;
            if (item.EventType == TrialFeed.Snapshot)
                rows = news!["trials"]!["rows"]!.AsArray().Count;
            else if (item.EventType == TrialFeed.Rows)
                rows += news!["rows"]!.AsArray().Count;
            else if (item.EventType == LiveNews.Kind)
                state = (string)news!["state"]!;
            if (!went && state == "finished")
            {
                Assert.Equal(3, rows);
                went = true;
                await served.RunAsync("mine", Served.Search(12)); // it is extended while somebody looks
            }
            else if (rows == 12 && state == "finished")
            {
                break;
            }
        }

        Assert.Equal(12, rows);
        Assert.False(hub.HasViewers);
    }

    [Fact(Timeout = 30_000)]
    public async Task Viewer_IsToldThatTheOwnerWasKilled()
    {
        await using var served = await Served.StartAsync();
        var folder = await served.RunAsync("mine", Served.Search(3));
        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append(new SessionStarted(TimeProvider.System.GetUtcNow(), 4711, "elsewhere", 8, 1)); // and no end of it
        Assert.Contains("4711 on elsewhere) ended without a word", await SentenceAsync(), StringComparison.Ordinal);

        using (var store = CampaignStore.Open(folder, TimeProvider.System))
            store.Append(new SessionEnded(TimeProvider.System.GetUtcNow(), 1, Finished: false, "interrupted"));
        Assert.StartsWith("It was interrupted;", await SentenceAsync(), StringComparison.Ordinal);

        async Task<string> SentenceAsync()
        {
            using var hub = new CampaignHub(folder, TimeProvider.System);
            return await hub.AskAsync(LiveNews.Sentence, TestContext.Current.CancellationToken);
        }
    }

    [Fact(Timeout = 30_000)]
    public async Task Viewer_IsToldWhyNothingCanBeRead()
    {
        await using var served = await Served.StartAsync();
        var folder = await served.RunAsync("mine", Served.Search(3));
        await File.WriteAllTextAsync(folder.JournalPath, "no journal", TestContext.Current.CancellationToken);
        using var hub = new CampaignHub(folder, TimeProvider.System);
        await foreach (var item in hub.FollowAsync(null, TestContext.Current.CancellationToken))
        {
            Assert.Equal(CampaignHub.Trouble, item.EventType);
            Assert.Contains("journal", item.Data, StringComparison.Ordinal);
            break;
        }

        Assert.Equal(System.Net.HttpStatusCode.Conflict, (await served.GetAsync("/c/mine")).Status);
        Assert.Contains("unreadable", (await served.GetAsync("/list")).Body, StringComparison.Ordinal);
    }
}
