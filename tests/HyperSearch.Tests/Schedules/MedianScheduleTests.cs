using HyperSearch.Schedules;

namespace HyperSearch.Tests.Schedules;

public sealed class MedianScheduleTests : ScheduleContract
{
    protected override ISchedule Schedule => new MedianSchedule();

    [Fact]
    public void Stop_IsTheMedianOfTheBestSoFar()
    {
        var state = new MedianSchedule { MinEpochs = 2, MinTrials = 3 }.Initial(4);
        // Bests so far by epoch: (5, 4, 4, 3), (6, 5, 2, 2) and, ended after three epochs, (9, 1, 1).
        foreach (var (trial, curve) in new double[][] { [5, 4, 7, 3], [6, 5, 2, 8], [9, 1, 3] }.Index())
        {
            Assert.Null(((ScheduleDecision.Start)state.Next(trial, true).Decision).Stop);
            state = state.Observe(new JobResult(trial, 4, curve[^1], [.. curve], false));
        }

        var stop = ((ScheduleDecision.Start)state.Next(3, true).Decision).Stop!;
        Assert.Equal([double.PositiveInfinity, 4, 2, double.PositiveInfinity], stop.Limit);
        Assert.Equal("behind the median of 3 trials", stop.Reason);
        Assert.True(stop.Ends(2, 4.1));
        Assert.False(stop.Ends(2, 4));
    }
}
