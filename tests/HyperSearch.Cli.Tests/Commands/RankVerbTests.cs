using System.Text.Json;
using HyperSearch.Cli.Commands;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class RankVerbTests
{
    private static readonly CampaignSnapshot Campaign = Samples.Campaign(
        Samples.Trial(0, 0.5), Samples.Trial(1, null, OutcomeState.Diverged),
        Samples.Trial(2, 0.25, learningRate: 1e-4, optimizer: "a, \"b\""));

    [Fact]
    public void Json_HasTheFieldsOfTheContractWithAllDigits()
    {
        using var document = JsonDocument.Parse(Printed.By(terminal => Write(terminal, Campaign, asJson: true)));
        var trials = document.RootElement.EnumerateArray().ToArray();
        Assert.Equal([2, 0, 1], trials.Select(trial => trial.GetProperty("trial").GetInt32()));
        Assert.Equal(
            ["rank", "trial", "state", "value", "params", "metrics", "epochs", "seconds", "origin"],
            trials[0].EnumerateObject().Select(field => field.Name));
        Assert.Equal(0.012345678901234567, trials[1].GetProperty("params").GetProperty("learning_rate").GetDouble());
        Assert.Equal("hop", trials[1].GetProperty("origin").GetString());
        Assert.Equal("diverged", trials[2].GetProperty("state").GetString());
        Assert.Equal(JsonValueKind.Null, trials[2].GetProperty("value").ValueKind);
        Assert.False(trials[0].GetProperty("params").TryGetProperty("adam_epsilon", out _));
    }

    [Fact]
    public void Json_ShowsAllUnlessTopSaysFewer()
    {
        var many = Samples.Campaign(Enumerable.Range(0, 30).Select(number => Samples.Trial(number, number)));
        Assert.Equal(30, Count(null));
        Assert.Equal(4, Count(4));

        int Count(int? top)
        {
            using var document = JsonDocument.Parse(Printed.By(terminal => Write(terminal, many, asJson: true, top)));
            return document.RootElement.GetArrayLength();
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    public void Text_FitsTheWidth(int width)
    {
        var text = Printed.By(terminal => Write(terminal, Campaign, asJson: false), width);
        Assert.All(text.Split('\n').Where(line => !line.StartsWith("Not shown", StringComparison.Ordinal)),
            line => Assert.True(line.Length <= width, line));
        Assert.Contains("0.250", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_SaysWhichTrialsWereWanted()
    {
        var page = new TrialPage(Campaign, [.. Ranking.Rank(Campaign.Trials, Campaign.Search).Take(1)], 2);
        var text = Printed.By(terminal =>
            RankVerb.Write(terminal, page, new TrialQuery { Where = "state = completed", Take = 1 }, asJson: false));
        Assert.Contains("sample: 2 trials with state = completed, ranked by dev_error (lower is better)", text, StringComparison.Ordinal);
        Assert.Contains("1 more: --top 2 shows all.", text, StringComparison.Ordinal);
    }

    private static void Write(Terminal terminal, CampaignSnapshot campaign, bool asJson, int? top = null) => RankVerb.Write(
        terminal, new TrialPage(campaign, [.. Ranking.Rank(campaign.Trials, campaign.Search).Take(top ?? int.MaxValue)],
            campaign.Trials.Length), new TrialQuery { Take = top }, asJson);
}
