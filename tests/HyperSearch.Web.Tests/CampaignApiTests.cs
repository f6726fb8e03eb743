using System.Net;
using System.Text.Json.Nodes;
using HyperSearch.Web.Api;

namespace HyperSearch.Web.Tests;

/// <summary>The campaigns as JSON.</summary>
public sealed class CampaignApiTests
{
    [Fact]
    public async Task Trials_AreRankedFilteredAndPaged()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(10));
        var all = JsonNode.Parse((await served.GetAsync("/api/campaigns/mine/trials")).Body)!.AsArray();
        Assert.Equal(Enumerable.Range(1, 10), all.Select(trial => (int)trial!["rank"]!));
        var values = all.Select(trial => (double)trial!["value"]!).ToArray();
        Assert.Equal(values.Order(), values);
        var page = JsonNode.Parse((await served.GetAsync("/api/campaigns/mine/trials?top=2&skip=3")).Body)!.AsArray();
        Assert.Equal(all.Skip(3).Take(2).Select(trial => (int)trial!["trial"]!), page.Select(trial => (int)trial!["trial"]!));
        var good = JsonNode.Parse((await served.GetAsync("/api/campaigns/mine/trials?where=x%20%3C%200.5")).Body)!.AsArray();
        Assert.Equal(all.Count(trial => (double)trial!["params"]!["x"]! < 0.5), good.Count);
    }

    [Fact]
    public async Task Question_ThatMakesNoSenseIsAnsweredInASentence()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(2));
        var (status, body) = await served.GetAsync("/api/campaigns/mine/trials?by=lossy");
        Assert.Equal(HttpStatusCode.BadRequest, status);
        Assert.Contains("loss", body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await served.GetAsync("/api/campaigns/mine/trials?top=0")).Status);
        Assert.Equal((HttpStatusCode.BadRequest, "top is a whole number of at least 1, and skip one of at least 0."),
            await served.GetAsync("/api/campaigns/mine/trials?top=x"));
        Assert.Equal(HttpStatusCode.BadRequest, (await served.GetAsync("/api/campaigns/mine/trials?where=%28")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await served.GetAsync("/api/campaigns/yours/trials")).Status);
        Assert.Equal(HttpStatusCode.NotFound, (await served.GetAsync("/api/campaigns/mine/trials/2")).Status);
        Assert.Equal(HttpStatusCode.OK, (await served.GetAsync("/api/campaigns/mine/trials/1")).Status);
    }

    /// <summary>As <c>list --json</c> has it: one bad folder hides no other.</summary>
    [Fact]
    public async Task List_LeavesOutACampaignThatIsDamaged()
    {
        await using var served = await Served.StartAsync();
        var bad = await served.RunAsync("bad", Served.Search(2));
        await served.RunAsync("good", Served.Search(2));
        await File.WriteAllTextAsync(bad.JournalPath, "no journal", TestContext.Current.CancellationToken);
        var (status, body) = await served.GetAsync("/api/campaigns");
        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal(["good"], JsonNode.Parse(body)!.AsArray().Select(campaign => (string)campaign!["campaign"]!));
    }

    [Fact]
    public async Task Document_DescribesEveryAddressOfTheApi()
    {
        await using var served = await Served.StartAsync();
        var described = JsonNode.Parse(OpenApi.Document)!["paths"]!.AsObject().Select(path => path.Key);
        var mapped = served.Server.Addresses.Where(address => address.StartsWith("/api/", StringComparison.Ordinal))
            .Where(address => address != "/api/openapi.json")
            .Select(address => address.Replace(":int:min(0)", "", StringComparison.Ordinal));
        Assert.Equal(mapped.Order(StringComparer.Ordinal), described.Order(StringComparer.Ordinal));
    }
}
