using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Stores;
using HyperSearch.Schedules;

namespace HyperSearch.Tests.Execution;

public sealed class LiveReporterTests
{
    [Fact]
    public void Limits_AreInTheMetricsOwnDirection()
    {
        var rule = new StopRule([double.PositiveInfinity, 0.5, 0.25], "behind");
        Assert.Equal([new LiveLimit(2, 0.5), new LiveLimit(3, 0.25)], LiveReporter.Limits(rule, maximize: false));
        Assert.Equal([new LiveLimit(2, -0.5), new LiveLimit(3, -0.25)], LiveReporter.Limits(rule, maximize: true));
        Assert.Empty(LiveReporter.Limits(null, maximize: false));
    }

    [Fact]
    public void Limits_OfManyEpochsAreAFewAndTheLast()
    {
        var rule = new StopRule([.. Enumerable.Range(1, 1000).Select(epoch => 1.0 / epoch)], "behind");
        var limits = LiveReporter.Limits(rule, maximize: false);
        Assert.InRange(limits.Length, 50, 62);
        Assert.Equal((1, 1000), (limits[0].Epoch, limits[^1].Epoch));
    }
}
