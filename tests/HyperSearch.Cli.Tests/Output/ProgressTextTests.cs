using HyperSearch.Cli.Execution;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Samplers;

namespace HyperSearch.Cli.Tests.Output;

public sealed class ProgressTextTests
{
    private static CampaignProgress Progress(int trials, int planned, int repeats = 0) => new()
    {
        Campaign = "digits",
        Planned = planned,
        Workers = 1,
        Trials = trials,
        Repeats = repeats,
        Elapsed = TimeSpan.FromSeconds(30),
        Best = new Outcome
        {
            Job = 0,
            Trial = 3,
            Point = new([]),
            Origin = new(OriginKind.Global),
            FromEpochs = 0,
            ToEpochs = 1,
            State = OutcomeState.Completed,
            Value = 0.25,
        },
    };

    private static readonly CampaignProgress AllDone = new()
    {
        Campaign = "iris",
        Planned = 100,
        Trials = 100,
        Workers = 2,
        Elapsed = TimeSpan.FromSeconds(10),
    };

    [Fact]
    public void Line_CountsOneTrialAsOne() => Assert.StartsWith("1/1 trial, best loss 0.25 in trial 3",
        ProgressText.Line(Progress(1, 1), "loss"), StringComparison.Ordinal);

    /// <summary>The best by the search's own score is often not the first of the ranking, which goes by the means.</summary>
    [Fact]
    public void Line_NamesNoBestTrialOnceTheLeadersAreConfirmed() => Assert.Equal("30/30 trials, 7 repeats to confirm the leaders",
        ProgressText.Line(Progress(30, 30, repeats: 7), "loss"));

    [Theory]
    [InlineData(26, "best loss 0.25 in trial 3")]
    [InlineData(60, "best loss 0.25 in trial 3, 40 trials a minute")]
    [InlineData(80, "best loss 0.25 in trial 3, 40 trials a minute, about 15 s left")]
    public void Live_EndsALineWithAWholePart(int width, string line) =>
        Assert.Equal(line, ProgressText.Live("digits", Progress(20, 30), "loss", width)[1]);

    /// <summary>Ten trials of this session in 20 s of work; ten more were done before, and 10 s went by while it was held.</summary>
    [Fact]
    public void Line_CountsNeitherEarlierTrialsNorTimeInWhichItWasHeld() => Assert.Equal(
        "20/30 trials, best loss 0.25 in trial 3, 30 trials a minute, about 20 s left",
        ProgressText.Line(Progress(20, 30) with { TrialsBefore = 10, Held = TimeSpan.FromSeconds(10) }, "loss"));

    [Fact]
    public void Line_SaysHowManyNetworksAreTrainedToJudgeTheWinner()
    {
        Assert.Equal("100/100 trials, no value yet, 600 trials a minute", ProgressText.Line(AllDone, "dev_cost"));
        var judging = AllDone with { Judging = new JudgingProgress(7, 31) };
        Assert.Equal("100/100 trials, no value yet, judging the winner: 7 of 31 networks trained",
            ProgressText.Line(judging, "dev_cost"));
        var live = ProgressText.Live("iris", judging, "dev_cost", 80);
        Assert.Equal("judging the winner: 7 of 31 networks trained", live[^1]);
        Assert.All(live, line => Assert.InRange(line.Length, 1, 80));
    }
}
