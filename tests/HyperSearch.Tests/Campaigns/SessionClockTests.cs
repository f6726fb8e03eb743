using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches.Binding;

namespace HyperSearch.Tests.Campaigns;

public sealed class SessionClockTests
{
    private static readonly DateTimeOffset Noon = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Elapsed_IsNeverNegative_WhenTheClockIsSetBack()
    {
        var clock = new SessionClock();
        clock.Observe(new SessionStarted(Noon, 1, "host", 9, 1));
        clock.Observe(Noon.AddHours(-2), 5);
        Assert.Equal(TimeSpan.Zero, clock.Elapsed);
        clock.Observe(new SessionStarted(Noon.AddHours(-1), 2, "host", 9, 1));
        clock.Observe(Noon.AddHours(-1), 7);
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
}
