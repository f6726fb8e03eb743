using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Schedules;
using HyperSearch.Web.Following;

namespace HyperSearch.Web.Tests;

/// <summary>What a trial under way must keep up with.</summary>
public sealed class StopLineTests
{
    [Fact]
    public async Task Job_OfAScheduleWithRungsIsSeenAgainstTheResultsThere()
    {
        await using var served = await Served.StartAsync();
        var search = Served.Search(8) with { Schedule = new AshaSchedule { MinEpochs = 1, Factor = 2 } };
        var now = Campaign.Open(await served.RunAsync("mine", search)).Read();
        double[] results = [.. now.Trials.SelectMany(trial => trial.Jobs).Where(job => job.ToEpochs == 1)
            .Select(job => job.Value!.Value).Order()];
        var line = StopLine.Of(now, new LiveJob(99, 99, 0, 1, 0));
        Assert.Equal((1, results[(results.Length / 2) - 1]), line.Points[^1]);
        Assert.Contains("one in 2", line.Sentence, StringComparison.Ordinal);
        var last = StopLine.Of(now, new LiveJob(99, 99, 0, 2, 0));
        Assert.Equal((0, null), (last.Points.Count, last.Sentence));
    }

    [Fact]
    public async Task Job_WithARuleHasItsLimits()
    {
        await using var served = await Served.StartAsync();
        var now = Campaign.Open(await served.RunAsync("mine", Served.Search(2))).Read();
        var job = new LiveJob(9, 9, 1, 2, 0) { Limits = [new LiveLimit(1, 0.5)], LimitReason = "behind the median of 5 trials" };
        var line = StopLine.Of(now, job);
        Assert.Equal([(1, 0.5)], line.Points);
        Assert.Contains("behind the median of 5 trials", line.Sentence, StringComparison.Ordinal);
    }
}
