using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;

namespace HyperSearch.Tests.Campaigns;

public sealed class WorkClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Busy_IsTheShareFromTheFirstJobToTheLast()
    {
        var clock = new WorkClock();
        Assert.Null(clock.Busy(8));
        clock.Observe(new SessionStarted(Noon, 1, "here", 3, Workers: 2));
        Assert.Null(clock.Busy(8));
        clock.Observe(Noon.AddSeconds(5), 4, null); // of the two workers' 2 x 10 s
        clock.Observe(Noon.AddSeconds(5), 10, null);
        clock.Observe(default, 3, null); // an outcome of a journal older than times
        Assert.Equal((2, 0.7), (clock.Busy(8)!.Workers, clock.Busy(8)!.Share));
        Assert.Empty(clock.Busy(8)!.Each); // nor does it say which worker
    }

    /// <summary>A person holds it for an hour, from the end of the job in hand on.</summary>
    [Fact]
    public void Busy_LeavesOutTheTimeInWhichAPersonHeldTheCampaign()
    {
        var clock = new WorkClock();
        clock.Observe(new SessionStarted(Noon, 1, "here", 3, Workers: 1));
        clock.Observe(new CampaignPaused(Noon.AddSeconds(4), true));
        clock.Observe(Noon, 6, null);
        clock.Observe(new CampaignPaused(Noon.AddSeconds(6).AddHours(1), false));
        Assert.Equal(1, clock.Busy(8)!.Share);
        clock.Observe(Noon.AddSeconds(8).AddHours(1), 2, null);
        Assert.Equal(0.8, clock.Busy(8)!.Share, 1e-9); // 8 s of 6 + 4
    }

    /// <summary>A night between two sessions is nobody's idle time.</summary>
    [Fact]
    public void Busy_LeavesOutTheTimeBetweenSessions()
    {
        var clock = new WorkClock();
        clock.Observe(new SessionStarted(Noon, 1, "here", 3, Workers: 1));
        clock.Observe(Noon, 6, null);
        clock.Observe(new SessionStarted(Noon.AddHours(9), 2, "here", 3, Workers: 2));
        clock.Observe(Noon.AddHours(9), 2, null);
        Assert.Equal(0.8, clock.Busy(8)!.Share, 1e-9); // 8 s of 6 + 2 x 2
    }

    [Fact]
    public void Busy_CountsNoWorkerBeyondTheSlots()
    {
        var clock = new WorkClock();
        clock.Observe(new SessionStarted(Noon, 1, "here", 3, Workers: 4));
        clock.Observe(Noon, 6, null);
        clock.Observe(Noon.AddSeconds(8), 2, null);
        Assert.Equal((1, 0.8), (clock.Busy(1)!.Workers, clock.Busy(1)!.Share)); // 8 s of 10
    }

    /// <summary>Worker 1 joins in the second session, so nothing was asked of it in the first.</summary>
    [Fact]
    public void Busy_IsToldOfEachWorker()
    {
        var clock = new WorkClock();
        clock.Observe(new SessionStarted(Noon, 1, "here", 3, Workers: 1));
        clock.Observe(Noon, 6, 0);
        clock.Observe(new SessionStarted(Noon.AddHours(9), 2, "here", 3, Workers: 3));
        clock.Observe(Noon.AddHours(9), 2, 0);
        clock.Observe(Noon.AddHours(9), 4, 1);
        Assert.Equal([0.8, 1], clock.Busy(2)!.Each); // 8 s of 6 + 4, 4 s of 4
        Assert.Equal([0.8, 1, 0], clock.Busy(8)!.Each);
    }
}
