using System.Net;
using System.Text.Json.Nodes;
using HyperSearch.Samplers.Auto;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Web.Tests;

/// <summary>What the page of a trial, and the form of a configuration, are made of.</summary>
public sealed class TrialPageTests
{
    [Fact]
    public async Task Neighbours_AreTheNearestTrialsOfTheApi()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(12));
        var own = JsonNode.Parse((await served.GetAsync("/c/mine/t/3/view")).Body)!;
        var near = JsonNode.Parse((await served.GetAsync("/api/campaigns/mine/trials/3/neighbours")).Body)!.AsArray();
        Assert.Equal(8, near.Count);
        Assert.DoesNotContain(3, near.Select(trial => (int)trial!["trial"]!));
        var x = (double)own["params"]!["x"]!;
        Assert.All(near, trial => Assert.Equal(Math.Abs(x - (double)trial!["params"]!["x"]!), (double)trial["distance"]!, 9));
        Assert.Equal(near.Select(trial => (double)trial!["distance"]!).Order(), near.Select(trial => (double)trial!["distance"]!));
        Assert.Equal(HttpStatusCode.NotFound, (await served.GetAsync("/api/campaigns/mine/trials/99/neighbours")).Status);
    }

    [Fact]
    public async Task Move_IsTheSameForTheSameNumberAndAnotherForTheNext()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(4));
        var first = await MoveAsync(0);
        Assert.Equal(first, await MoveAsync(0));
        Assert.NotEqual(first, await MoveAsync(1));
        foreach (var nonsense in (string[])["/c/mine/t/3/move", "/c/mine/t/3/move?move=x", "/c/mine/t/99/move?move=1"])
            Assert.Equal(HttpStatusCode.NotFound, (await served.GetAsync(nonsense)).Status);

        async Task<string> MoveAsync(int move) =>
            (string)JsonNode.Parse((await served.GetAsync($"/c/mine/t/3/move?move={move}")).Body)!["point"]!["x"]!;
    }

    [Fact]
    public async Task Form_OffersTheValuesOfTheSpaceAndSaysWhatHangsOnWhat()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(2, "loss", new Parameter("optimizer", new ChoiceScale("sgd", "a \"b\" <i>")),
            new Parameter("units", new IntScale(1, 3)),
            new Parameter("momentum", new UniformScale(0, 1)) { When = [new Condition("optimizer", ["sgd"])] }));
        var html = (await served.GetAsync("/c/mine")).Body;
        Assert.Contains("<option value=\"sgd\">sgd</option>", html, StringComparison.Ordinal);
        Assert.Contains("<option value=\"2\">2</option>", html, StringComparison.Ordinal);
        Assert.Contains("a &quot;b&quot; &lt;i&gt;</option>", html, StringComparison.Ordinal);
        Assert.Contains("data-when=\"[[&quot;optimizer&quot;,[&quot;sgd&quot;]]]\"", html, StringComparison.Ordinal);
        Assert.Contains("when optimizer is sgd", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Campaign_SaysWhatAutoChoseAndWhy()
    {
        await using var served = await Served.StartAsync();
        var search = Served.Search(2) with { Sampler = new AutoSampler(), Schedule = new AutoSchedule() };
        await served.RunAsync("auto", search);
        await served.RunAsync("named", Served.Search(2));
        var html = (await served.GetAsync("/c/auto")).Body;
        Assert.Contains($"<p class=\"muted chosen\">Schedule: {WebUtility.HtmlEncode(search.ScheduleChoice)}.</p>", html,
            StringComparison.Ordinal);
        Assert.Contains("<p class=\"muted chosen\">Sampler: auto ", html, StringComparison.Ordinal);
        Assert.DoesNotContain("chosen", (await served.GetAsync("/c/named")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Picture_HasATableBehindIt()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(12));
        var told = JsonNode.Parse((await served.GetAsync("/c/mine/plots/history.json")).Body)!;
        Assert.Equal(12, told["rows"]!.AsArray().Count);
        Assert.All(told["rows"]!.AsArray(), row => Assert.Equal(told["columns"]!.AsArray().Count, row!.AsArray().Count));
        Assert.Equal(HttpStatusCode.NoContent, (await served.GetAsync("/c/mine/plots/confusion.json")).Status);
    }

    [Fact]
    public async Task Curves_AreLinesOfTrialsOnePointAnEpoch()
    {
        await using var served = await Served.StartAsync();
        await served.RunAsync("mine", Served.Search(12));
        var chart = JsonNode.Parse((await served.GetAsync("/c/mine/plots/curves.json")).Body)!["chart"]!;
        var best = JsonNode.Parse((await served.GetAsync("/api/campaigns/mine/trials?top=5")).Body)!.AsArray();
        Assert.Equal(best.Select(trial => (int)trial!["trial"]!), chart["lines"]!.AsArray().Select(line => (int)line!["trial"]!));
        Assert.All(chart["lines"]!.AsArray(), line => Assert.Equal([0, 1], line!["points"]!.AsArray().Select(point => (double)point![0]!)));
        Assert.Equal("epoch", (string?)chart["across"]!["label"]);
    }
}
