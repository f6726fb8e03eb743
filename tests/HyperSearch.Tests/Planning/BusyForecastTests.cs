using HyperSearch.Hosting;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Planning;

public sealed class BusyForecastTests
{
    [Fact]
    public void Share_OfOneWorkerIsAllOfItsTime() => Assert.Equal(1, Share(trials: 40, slots: 8, workers: 1), 1e-9);

    [Fact]
    public void Share_IsThatOfTheSlotsAtMost()
    {
        Assert.InRange(Share(trials: 480, slots: 8, workers: 16), 0.1, 0.5);
        Assert.InRange(Share(trials: 480, slots: 64, workers: 16), Share(trials: 480, slots: 8, workers: 16) + 0.1, 1);
        Assert.InRange(Share(trials: 4, slots: 64, workers: 16), 0, 0.25); // four trials cannot keep more than four busy
    }

    /// <summary>The order in which outcomes are seen keeps nobody waiting then; the last trials still run alone.</summary>
    [Fact]
    public void Share_InRelaxedOrderIsHigher() => Assert.True(
        BusyForecast.Share(PlannerRun.Search(trials: 480, slots: 8) with { Relaxed = true }, Cost, 8)
            > Share(trials: 480, slots: 8, workers: 8) + 0.05);

    [Fact]
    public void Share_IsToldOfEverySchedule()
    {
        ISchedule[] schedules =
        [
            new AshaSchedule { MinEpochs = 1 }, new HyperbandSchedule { MinEpochs = 1 }, new MedianSchedule(), new FreezeThawSchedule(),
            new SuccessiveHalvingSchedule { MinEpochs = 1 },
        ];
        Assert.All(schedules, schedule => Assert.InRange(
            BusyForecast.Share(PlannerRun.Search(trials: 100) with { Schedule = schedule }, Cost, 4), 0.2, 1));
    }

    /// <summary>A search of 480 trials of digits is nine tenths of 16 times as fast on 16 workers; with 8 slots less than half of
    /// that.</summary>
    [Fact]
    public void Share_WithAutoFeedsSixteenWorkers()
    {
        var search = SearchFile.Read(Path.Combine(Repository.Folder("searches"), "digits.yaml")) with { Trials = 480, AutoSlots = true };
        var objective = ObjectiveFactory.Create(search, TimeProvider.System);
        using var owned = objective as IDisposable;
        Assert.InRange(BusyForecast.Share(SlotLaw.Begin(search, 16), objective.WorkPerEpoch, 16), 0.9, 1);
        Assert.InRange(BusyForecast.Share(search with { Slots = 8 }, objective.WorkPerEpoch, 16), 0.2, 0.45);
    }

    private static double Share(int trials, int slots, int workers) =>
        BusyForecast.Share(PlannerRun.Search(trials: trials, slots: slots), Cost, workers);

    /// <summary>From 1 to 10,000, every decade equally often.</summary>
    private static double Cost(Point point) => 1 / point["y"].Number;
}
