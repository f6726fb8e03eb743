using HyperSearch.Cli.Execution;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;

namespace HyperSearch.Cli.Tests.Output;

public sealed class ProgressTextTests
{
    private static readonly CampaignProgress AllDone = new()
    {
        Campaign = "iris",
        Planned = 100,
        Trials = 100,
        Workers = 2,
        Elapsed = TimeSpan.FromSeconds(10),
    };

    [Fact]
    public void Line_SaysHowManyNetworksAreTrainedToJudgeTheWinner()
    {
        Assert.Equal("100/100 trials, no value yet, 600 trials a minute", ProgressText.Line(AllDone, "dev_cost", 0));
        var judging = AllDone with { Judging = new JudgingProgress(7, 31) };
        Assert.Equal("100/100 trials, no value yet, judging the winner: 7 of 31 networks trained",
            ProgressText.Line(judging, "dev_cost", 0));
        var live = ProgressText.Live("iris", judging, "dev_cost", 0, 80);
        Assert.Equal("judging the winner: 7 of 31 networks trained", live[^1]);
        Assert.All(live, line => Assert.InRange(line.Length, 1, 80));
    }
}
