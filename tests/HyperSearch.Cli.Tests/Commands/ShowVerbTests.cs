using System.Text.Json;
using HyperSearch.Samplers;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class ShowVerbTests
{
    [Fact]
    public void Json_HasTheCurveWithGapsAsNull()
    {
        using var document = JsonDocument.Parse(Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(Samples.Trial(0, 0.5)), 0, asJson: true)));
        var curve = document.RootElement.GetProperty("curve");
        Assert.Equal([1, 2, 3], curve.GetProperty("epoch").EnumerateArray().Select(epoch => epoch.GetInt32()));
        Assert.Equal(JsonValueKind.Null, curve.GetProperty("train_error")[1].ValueKind);
        Assert.Equal(1.2, document.RootElement.GetProperty("proposed").GetProperty("zoom").GetDouble());
        Assert.Equal(1, document.RootElement.GetProperty("rank").GetInt32());
    }

    [Fact]
    public void Text_SaysHowTheTrialWasProposed() => Assert.Contains(
        "hop: a step of 0.25 of each range from trial 0 (zoom 1.2)",
        Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(Samples.Trial(0, 0.5)), 0, asJson: false)), StringComparison.Ordinal);

    [Fact]
    public void Text_GivesABoxInTheParametersOwnUnits()
    {
        var trial = Samples.Trial(0, 0.5) with
        {
            Origin = new Origin(OriginKind.Box) { Around = [3, 4], Width = 0.5, Low = [0.25, 0, 0, 0], High = [0.75, 0.5, 1, 1] },
        };
        Assert.Contains("0.001 to 0.1", Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(trial), 0, asJson: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfAMissingTrialSaysWhichThereAre()
    {
        var refused = Assert.Throws<CommandException>(() => Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(Samples.Trial(0, 1), Samples.Trial(4, 1)), 2, asJson: true)));
        Assert.Contains("0 to 4", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }
}
