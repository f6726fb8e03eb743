using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Tests.Campaigns;

public sealed class SessionClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Elapsed_IsNeverNegative_WhenTheClockIsSetBack()
    {
        var clock = new SessionClock();
        clock.Observe(new SessionStarted(Noon, 1, "host", 9, 1));
        clock.Observe(Noon.AddHours(-2), 5, isFirst: true);
        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
        clock.Observe(new SessionStarted(Noon.AddHours(-1), 2, "host", 9, 1));
        clock.Observe(Noon.AddHours(-1), 7, isFirst: true);
        Assert.Equal(TimeSpan.FromSeconds(7), clock.Elapsed);
        clock.Observe(new SessionEnded(Noon.AddHours(-1), -3, true, "all trials done"));
        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
    }

    [Fact]
    public void ElapsedAt_CountsTheSessionInHand()
    {
        var clock = new SessionClock();
        clock.Observe(new SessionStarted(Noon, 1, "host", 9, 1));
        clock.Observe(new SessionEnded(Noon.AddMinutes(1), 60, false, "interrupted"));
        clock.Observe(new SessionStarted(Noon.AddHours(1), 2, "host", 9, 1));
        Assert.Equal(TimeSpan.FromSeconds(60 + 30), clock.ElapsedAt(Noon.AddHours(1).AddSeconds(30)));
    }

    /// <summary>Two trials in 20 s, one of which ends after the pause has begun; then an hour in which nothing is in hand.</summary>
    [Fact]
    public void Pace_LeavesOutTheTimeInWhichAPersonHeldTheCampaign()
    {
        var clock = new SessionClock();
        clock.Observe(new SessionStarted(Noon, 1, "host", 9, 1));
        clock.Observe(Noon, 10, isFirst: true);
        clock.Observe(new CampaignPaused(Noon.AddSeconds(12), true));
        clock.Observe(Noon.AddSeconds(10), 10, isFirst: true);
        clock.ElapsedAt(Noon.AddMinutes(30));
        Assert.Equal(new Pace(6, TimeSpan.FromSeconds(70)), clock.Pace(running: true, planned: 9)); // while it is paused
        clock.Observe(new CampaignPaused(Noon.AddSeconds(20).AddHours(1), false));
        clock.Observe(Noon.AddSeconds(20).AddHours(1), 10, isFirst: true);
        Assert.Equal(new Pace(6, TimeSpan.FromSeconds(60)), clock.Pace(running: true, planned: 9));
        clock.Observe(new SessionEnded(Noon.AddSeconds(30).AddHours(1), 3630, false, "interrupted"));
        Assert.Equal(TimeSpan.FromSeconds(3630), clock.Elapsed);
        Assert.Equal(new Pace(6, TimeSpan.FromSeconds(60)), clock.Pace(running: false, planned: 9));
    }

    /// <summary>A session that was killed while it was paused leaves the next one nothing of the pause.</summary>
    [Fact]
    public void Pace_IsOfTheSessionInHand_AndOfAllOnceNoneIs()
    {
        var clock = new SessionClock();
        clock.Observe(new SessionStarted(Noon, 1, "host", 9, 1));
        clock.Observe(Noon, 60, isFirst: true);
        clock.Observe(new CampaignPaused(Noon.AddMinutes(1), true));
        clock.Observe(new SessionStarted(Noon.AddHours(1), 2, "host", 9, 4));
        Assert.Null(clock.Pace(running: true, planned: 9));
        for (var trial = 0; trial < 4; trial++)
            clock.Observe(Noon.AddHours(1), 60, isFirst: true);
        clock.Observe(Noon.AddHours(1), 60, isFirst: false); // a later job of one of them
        Assert.Equal(new Pace(4, TimeSpan.FromMinutes(1)), clock.Pace(running: true, planned: 9));
        Assert.Equal(new Pace(2.5, TimeSpan.FromMinutes(1.6)), clock.Pace(running: false, planned: 9));
        Assert.Null(clock.Pace(running: true, planned: 5)!.Left);
    }
}
