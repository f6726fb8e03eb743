using System.Text.Json;
using HyperSearch.Cli.Commands;
using HyperSearch.Cli.Invocation;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;

namespace HyperSearch.Cli.Tests.Commands;

public sealed class ShowVerbTests
{
    [Fact]
    public void Json_HasTheCurveWithGapsAsNull()
    {
        using var document =
            JsonDocument.Parse(Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(Samples.Trial(0, 0.5)), 0, asJson: true)));
        var curve = document.RootElement.GetProperty("curve");
        Assert.Equal([1, 2, 3], curve.GetProperty("epoch").EnumerateArray().Select(epoch => epoch.GetInt32()));
        Assert.Equal(JsonValueKind.Null, curve.GetProperty("train_error")[1].ValueKind);
        Assert.Equal(1.2, document.RootElement.GetProperty("proposed").GetProperty("zoom").GetDouble());
        Assert.Equal(1, document.RootElement.GetProperty("rank").GetInt32());
    }

    [Fact]
    public void Text_SaysWhyThisPoint()
    {
        var text = Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(Samples.Trial(0, 0.5), Samples.Trial(1, 0.4)), 1,
            asJson: false), width: 300);
        Assert.Contains("It belongs to round 1, with zoom 1.2 (smaller is closer), of trials 0 to 1. It is a hop: a heavy-tailed step " +
            "from trial 0 (50.0 %).", text, StringComparison.Ordinal);
        Assert.Contains("The typical step is 25 % of a parameter's range on its own scale.", text, StringComparison.Ordinal);
        Assert.Contains("explain with --round 1", text, StringComparison.Ordinal);
    }

    /// <summary>It was said to have been tried before anything was proposed.</summary>
    [Fact]
    public void Text_OfACopyCountsTheEpochsThatItTrainedItself()
    {
        var first = Samples.Trial(0, 0.5);
        var copy = Samples.Trial(1, 0.4) with { Past = [new Stretch(0, first.Point, 2)] };
        var text = Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(first, copy), 1, asJson: false), width: 100);
        Assert.Contains("1 epoch in 0.13 s after 2 of its ancestors, 0 jobs", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_OfATrialThatFailedBeforeNamesIt()
    {
        var again = Samples.Trial(1, 0.4) with { Origin = new Origin(OriginKind.Enqueued) { Note = "trial 0 again, which failed" } };
        var text = Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(Samples.Trial(0, 0.5), again), 1, asJson: false),
            width: 300);
        Assert.Contains("It is trial 0 again, which failed.\n", text, StringComparison.Ordinal);
        Assert.DoesNotContain("tried before", text, StringComparison.Ordinal);
    }

    [Fact]
    public void Text_KeepsAReasonOfSeveralLinesInItsColumn()
    {
        var failed = Samples.Trial(0, null, OutcomeState.Failed) with { Reason = "It ended with exit code 1.\nIts log is a.log." };
        Assert.Contains("  because      It ended with exit code 1.\n               Its log is a.log.\n",
            Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(failed), 0, asJson: false)), StringComparison.Ordinal);
    }

    [Fact]
    public void Show_HasTheExceptionOfAnObjectiveInCode()
    {
        const string error = """
            System.InvalidOperationException: no luck
               at Mine.Train(Double rate) in Mine.cs:line 7
            --- End of stack trace from previous location ---
               at HyperSearch.Hosting.Objectives.DelegateObjective.Run(IJobContext job, CancellationToken stop)
               at Polly.ResiliencePipeline.Execute(Action callback)
            """;
        var failed = Samples.Trial(0, null, OutcomeState.Failed);
        var campaign = Samples.Campaign(failed with
        {
            Jobs =
            [
                new Outcome
                {
                    Job = 0, Trial = 0, Point = failed.Point, Origin = failed.Origin, FromEpochs = 0, ToEpochs = 3,
                    State = OutcomeState.Failed, Reason = "no luck", Error = error,
                },
            ],
        });
        Assert.EndsWith("Exception\n  System.InvalidOperationException: no luck\n     at Mine.Train(Double rate) in Mine.cs:line 7\n",
            Printed.By(terminal => ShowVerb.Write(terminal, campaign, 0, asJson: false)), StringComparison.Ordinal);
        using var document = JsonDocument.Parse(Printed.By(terminal => ShowVerb.Write(terminal, campaign, 0, asJson: true)));
        Assert.Equal(error, document.RootElement.GetProperty("jobs")[0].GetProperty("error").GetString());
    }

    [Fact]
    public void Text_ShowsTheWayUpTheRungs()
    {
        var campaign = Samples.Campaign(Samples.Trial(0, 0.5) with { Jobs = [Job(0, 1, 0.6), Job(1, 3, 0.5)] },
            Samples.Trial(1, 0.4) with { Jobs = [Job(2, 1, 0.4)] });
        campaign = campaign with { Search = campaign.Search with { Schedule = new AshaSchedule { Factor = 3, MinEpochs = 1 } } };
        var text = Printed.By(terminal => ShowVerb.Write(terminal, campaign, 0, asJson: false));
        Assert.Matches(@"1 +0\.6 +2 of 2 +promoted\n +3 +0\.5 +1 of 1 +trained in full", text);
        using var document = JsonDocument.Parse(Printed.By(terminal => ShowVerb.Write(terminal, campaign, 1, asJson: true)));
        Assert.Equal(["stayed", "not_reached"],
            document.RootElement.GetProperty("rungs").EnumerateArray().Select(rung => rung.GetProperty("verdict").GetString()));

        static Outcome Job(int number, int epochs, double value) => new()
        {
            Job = number,
            Trial = 0,
            Point = Samples.Trial(0, 1).Point,
            Origin = new Origin(OriginKind.Global),
            FromEpochs = 0,
            ToEpochs = epochs,
            Epochs = epochs,
            State = OutcomeState.Completed,
            Value = value,
        };
    }

    [Fact]
    public void Text_GivesABoxInTheParametersOwnUnits()
    {
        var trial = Samples.Trial(0, 0.5) with
        {
            Origin = new Origin(OriginKind.Box) { Around = [3, 4], Width = 0.5, Low = [0.25, 0, 0, 0], High = [0.75, 0.5, 1, 1] },
        };
        Assert.Contains("0.001 to 0.1", Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(trial), 0, asJson: false)),
            StringComparison.Ordinal);
    }

    [Fact]
    public void Write_OfAMissingTrialSaysWhichThereAre()
    {
        var refused = Assert.Throws<CommandException>(() =>
            Printed.By(terminal => ShowVerb.Write(terminal, Samples.Campaign(Samples.Trial(0, 1), Samples.Trial(4, 1)), 2, asJson: true)));
        Assert.Contains("0 to 4", refused.Message, StringComparison.Ordinal);
        Assert.Equal(ExitCode.Usage, refused.ExitCode);
    }
}
