using System.Text.Json;
using HyperSearch.Cli.Commands;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class ImportanceVerbTests
{
    /// <summary>The error hangs on the learning rate alone, the size on the units alone.</summary>
    private static readonly CampaignSnapshot Campaign = TradedOff(Samples.Campaign(Enumerable.Range(0, 40).Select(number =>
    {
        var position = (number * 0.618 % 1, number * 0.414 % 1);
        var trial = Samples.Trial(number, position.Item1, learningRate: Math.Pow(10, -4 * position.Item1));
        var units = 16 + Math.Floor(240 * position.Item2);
        return trial with
        {
            Point = new Point(trial.Point.Where(value => value.Key != "hidden_units").Append(new("hidden_units", units))),
            Metrics = trial.Metrics.Add("size", units),
        };
    })));

    [Fact]
    public void Text_TellsEachMetricThatIsTradedOff()
    {
        var text = Printed.By(terminal => ImportanceVerb.Write(terminal, Campaign, asJson: false), width: 80);
        var parts = text.Split("what explains ");
        Assert.Matches("^dev_error, from 40 trials\n\n[^\n]*\nlearning_rate ", parts[1]);
        Assert.Matches("^size, from 40 trials\n\n[^\n]*\nhidden_units ", parts[2]);
    }

    [Fact]
    public void Json_HasTheFurtherMetricsBesideTheFirst()
    {
        using var json = JsonDocument.Parse(Printed.By(terminal => ImportanceVerb.Write(terminal, Campaign, asJson: true)));
        Assert.Equal(("dev_error", "learning_rate"), FirstOf(json.RootElement));
        Assert.Equal(("size", "hidden_units"), FirstOf(Assert.Single(json.RootElement.GetProperty("further").EnumerateArray())));

        static (string?, string?) FirstOf(JsonElement report) =>
            (report.GetProperty("metric").GetString(), report.GetProperty("parameters")[0].GetProperty("name").GetString());
    }

    private static CampaignSnapshot TradedOff(CampaignSnapshot campaign) => campaign with
    {
        Search = campaign.Search with { Further = [new Goal("size")] },
    };
}
