using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Hosting;

public class TelemetryTests
{
    private static readonly string[] Instruments = ["hypersearch.jobs", "hypersearch.job.duration", "hypersearch.epochs"];

    [Fact(Timeout = 60_000)]
    public async Task Campaign_IsMeasuredAndTraced()
    {
        using var scratch = new Scratch();
        var activities = new ConcurrentBag<Activity>();
        using var spans = new ActivityListener
        {
            ShouldListenTo = source => source.Name == Telemetry.Name,
            Sample = (ref _) => ActivitySamplingResult.AllData,
            ActivityStopped = activities.Add,
        };
        ActivitySource.AddActivityListener(spans);
        var sums = new ConcurrentDictionary<string, double>();
        using var meters = new MeterListener { InstrumentPublished = (instrument, listener) => Enable(instrument, listener) };
        meters.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
            sums.AddOrUpdate(instrument.Name, value, (_, sum) => sum + value));
        meters.SetMeasurementEventCallback<double>((instrument, _, _, _) => sums.AddOrUpdate(instrument.Name, 1, (_, count) => count + 1));
        meters.Start();

        var space = new Space([new Parameter("x", new UniformScale(0, 1))]);
        await Search.MinimizeAsync(
            space,
            (trial, _) => trial.Number == 3 ? throw new InvalidOperationException("broken") : Task.FromResult(1.0),
            new CampaignOptions { Trials = 6, Folder = Path.Combine(scratch.Results, "telemetry") },
            TestContext.Current.CancellationToken);

        var mine = activities.Where(activity => Equals(activity.GetTagItem("hypersearch.campaign"), "telemetry")).ToList();
        Assert.Equal(6, mine.Count);
        Assert.Equal("broken", Assert.Single(mine, activity => activity.Status == ActivityStatusCode.Error).StatusDescription);
        Assert.All(Instruments, name => Assert.InRange(sums[name], 5, double.MaxValue)); // other tests' campaigns count too
    }

    private static void Enable(Instrument instrument, MeterListener listener)
    {
        if (instrument.Meter.Name == Telemetry.Name)
            listener.EnableMeasurementEvents(instrument);
    }
}
