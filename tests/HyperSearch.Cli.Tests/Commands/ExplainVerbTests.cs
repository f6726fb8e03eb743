using System.Text.Json;
using HyperSearch.Cli.Commands;
using HyperSearch.Cli.Invocation;
using HyperSearch.Planning;
using HyperSearch.Samplers;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class ExplainVerbTests
{
    private static readonly CampaignSnapshot Campaign = Samples.Campaign(
        Samples.Trial(0, 0.5) with { Origin = new Origin(OriginKind.Global) { Zoom = 1.2 } },
        Boxed(1, 0.4, 1.2, 0.2, 0.8),
        Boxed(2, 0.3, 1.8, 0.4,
            0.6) with
        {
            Origin =
                Boxed(2, 0.3, 1.8, 0.4, 0.6).Origin with
                {
                    Around = [1, 0],
                    Change = "zoom 1.2 to 1.8: trial 1 is the new best",
                    Evidence = [1]
                }
        });

    [Fact]
    public void Text_NamesTheEvidenceAndWhatBecameOfTheBox()
    {
        var text = Printed.By(terminal => ExplainVerb.Write(terminal, Campaign, 2, asJson: false), width: 80);
        Assert.Contains("Round 2 of sample: trial 2, zoom 1.8 (before: 1.2)", text, StringComparison.Ordinal);
        Assert.Contains("Zoom 1.2 to 1.8: trial 1 is the new best.", text, StringComparison.Ordinal);
        Assert.Contains("shrank to 33.3 %", text, StringComparison.Ordinal);
        Assert.Contains("It changed because 1 (0.4) entered the best.", text, StringComparison.Ordinal);
        Assert.All(text.Split('\n'), line => Assert.True(line.Length <= 80, line));
    }

    [Fact]
    public void Json_IsOneRoundOrAllOfThem()
    {
        using var one = JsonDocument.Parse(Printed.By(terminal => ExplainVerb.Write(terminal, Campaign, 2, asJson: true)));
        Assert.Equal("new_best", one.RootElement.GetProperty("cause").GetString());
        Assert.Equal(1, one.RootElement.GetProperty("evidence")[0].GetProperty("trial").GetInt32());
        Assert.Equal(0.4, one.RootElement.GetProperty("best_before").GetProperty("value").GetDouble());
        Assert.Equal(1, one.RootElement.GetProperty("box").GetProperty("trial_before").GetInt32());
        using var all = JsonDocument.Parse(Printed.By(terminal => ExplainVerb.Write(terminal, Campaign, null, asJson: true)));
        Assert.Equal(2, all.RootElement.GetProperty("rounds").GetArrayLength());
    }

    [Fact]
    public void Write_SaysPlainlyWhereThereAreNoRoundsAndWhichThereAre()
    {
        var random = Samples.Campaign(Samples.Trial(0, 0.5) with { Origin = new Origin(OriginKind.Global) });
        Assert.Equal("sample: The sampler random has no rounds: it draws every point on its own, whatever the outcomes.\n",
            Printed.By(terminal => ExplainVerb.Write(terminal, random, 1, asJson: false)));
        Assert.Contains("has rounds 1 to 2",
            Assert.Throws<CommandException>(() => Printed.By(terminal => ExplainVerb.Write(terminal, Campaign, 3, asJson: false))).Message,
            StringComparison.Ordinal);
    }

    private static Trial Boxed(int number, double value, double zoom, double low, double high) => Samples.Trial(number, value) with
    {
        Origin = new Origin(OriginKind.Box)
        {
            Around = [0],
            Zoom = zoom,
            Low = [low, low, 0, low],
            High = [high, high, 1, high],
            Width = high - low
        },
    };
}
