using HyperSearch.Schedules;

namespace HyperSearch.Tests.Schedules;

public sealed class SuccessiveHalvingScheduleTests : ScheduleContract
{
    protected override ISchedule Schedule => new SuccessiveHalvingSchedule();

    [Fact]
    public void ARound_HalvesDownToOneTrial()
    {
        var game = new ScheduleGame(new SuccessiveHalvingSchedule { MinEpochs = 3 }, 52, 16, 1, (trial, _) => trial).Play();
        Assert.Equal([(3, 16), (13, 4), (52, 1)], game.Jobs.CountBy(job => job.To).Select(pair => (pair.Key, pair.Value)));
        Assert.Equal([0, 1, 2, 3], game.Jobs.Where(job => job.To == 13).Select(job => job.Trial));
    }

    [Fact]
    public void Next_BeginsAnotherRoundRatherThanWait()
    {
        var game = new ScheduleGame(new SuccessiveHalvingSchedule { MinEpochs = 3 }, 52, 64, 8, ScheduleGame.Curve).Play();
        Assert.Equal(4, game.Jobs.Count(job => job.To == 52));
    }
}

public sealed class HyperbandScheduleTests : ScheduleContract
{
    protected override ISchedule Schedule => new HyperbandSchedule();

    /// <summary>With budgets 1, 3 and 9: 9 trials from 1 epoch, 5 from 3 (⌈3/2·3⌉), 3 from 9.</summary>
    [Fact]
    public void Rounds_StartOnEachRungInTurn()
    {
        var game = new ScheduleGame(new HyperbandSchedule { MinEpochs = 1, Factor = 3 }, 9, 17, 1, ScheduleGame.Curve).Play();
        var starts = game.Jobs.Where(job => job.Decision is ScheduleDecision.Start).OrderBy(job => job.Trial).Select(job => job.To);
        Assert.Equal([.. Enumerable.Repeat(1, 9), .. Enumerable.Repeat(3, 5), .. Enumerable.Repeat(9, 3)], starts);
    }
}
