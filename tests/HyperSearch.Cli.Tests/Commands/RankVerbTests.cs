using System.Text.Json;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class RankVerbTests
{
    private static readonly CampaignSnapshot Campaign = Samples.Campaign(
        Samples.Trial(0, 0.5), Samples.Trial(1, null, OutcomeState.Diverged), Samples.Trial(2, 0.25, learningRate: 1e-4, optimizer: "a, \"b\""));

    [Fact]
    public void Json_HasTheFieldsOfTheContractWithAllDigits()
    {
        using var document = JsonDocument.Parse(Printed.By(terminal => RankVerb.Write(terminal, Campaign, null, null, asJson: true)));
        var trials = document.RootElement.EnumerateArray().ToArray();
        Assert.Equal([2, 0, 1], trials.Select(trial => trial.GetProperty("trial").GetInt32()));
        Assert.Equal(
            ["rank", "trial", "state", "value", "params", "metrics", "epochs", "seconds", "origin"], trials[0].EnumerateObject().Select(field => field.Name));
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
            using var document = JsonDocument.Parse(Printed.By(terminal => RankVerb.Write(terminal, many, top, null, asJson: true)));
            return document.RootElement.GetArrayLength();
        }
    }

    [Theory]
    [InlineData(80)]
    [InlineData(100)]
    public void Text_FitsTheWidth(int width)
    {
        var text = Printed.By(terminal => RankVerb.Write(terminal, Campaign, null, null, asJson: false), width);
        Assert.All(text.Split('\n').Where(line => !line.StartsWith("Not shown", StringComparison.Ordinal)), line => Assert.True(line.Length <= width, line));
        Assert.Contains("0.250", text, StringComparison.Ordinal);
        Assert.DoesNotContain("\u001b", text, StringComparison.Ordinal);
    }

    [Fact]
    public void By_RefusesAMetricThatNoTrialHas()
    {
        var refused = Assert.Throws<CommandException>(() => Printed.By(terminal => RankVerb.Write(terminal, Campaign, null, "dev_eror", asJson: false)));
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
        Assert.Contains("dev_error", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void By_AnotherMetricRanksByIt()
    {
        using var document = JsonDocument.Parse(Printed.By(terminal => RankVerb.Write(terminal, Campaign, null, "train_error", asJson: true)));
        Assert.Equal(0.125, document.RootElement[0].GetProperty("value").GetDouble());
    }
}
