using HyperSearch.Schedules;

namespace HyperSearch.Tests.Schedules;

public sealed class FreezeThawScheduleTests : ScheduleContract
{
    protected override ISchedule Schedule => new FreezeThawSchedule();

    [Fact]
    public void Next_IsAshaUntilTheGuardIsSpent()
    {
        var guarded = new ScheduleGame(new FreezeThawSchedule { Guard = 1000 }, 27, 60, 4, ScheduleGame.Curve).Play();
        var asha = new ScheduleGame(new AshaSchedule { Factor = 3 }, 27, 60, 4, ScheduleGame.Curve).Play();
        Assert.Equal(asha.Jobs.Select(job => job.ToString()), guarded.Jobs.Select(job => job.ToString()));
    }

    [Fact]
    public void Next_LeavesTheChoiceOpenOnceTheGuardIsSpent()
    {
        var game = new ScheduleGame(new FreezeThawSchedule { Guard = 1 }, 27, 60, 1, ScheduleGame.Curve).Play();
        var first = game.Jobs.FindIndex(job => job.WasChosen);
        var spent = game.Jobs.Take(first).Sum(job => job.To - job.From);
        Assert.InRange(spent, 27, 27 + 18); // the last job of asha may go on to the full budget
        Assert.All(game.Jobs.Skip(first), job => Assert.True(job.WasChosen || job.Decision is ScheduleDecision.Start)); // none is paused
    }

    [Fact]
    public void Choose_NeverOffersATrialWithoutAValue()
    {
        var state = new FreezeThawSchedule { Guard = 0 }.Initial(27);
        for (var trial = 0; trial < 6; trial++)
        {
            state = state.Take(new ScheduleDecision.Start(3));
            state = state.Observe(new JobResult(trial, 3, trial % 2 == 0 ? null : trial, [], trial % 2 == 0));
        }

        var choice = Assert.IsType<ScheduleDecision.Choose>(state.Next(6, mayStart: true).Decision);
        Assert.Equal([1, 3, 5], choice.Paused.Select(more => more.Trial));
        Assert.Equal(3, choice.ToEpochs);
    }

    [Fact]
    public void Choose_OffersTheBestFiftyOfARung()
    {
        var state = new FreezeThawSchedule { Guard = 0 }.Initial(27);
        for (var trial = 0; trial < 200; trial++)
            state = state.Take(new ScheduleDecision.Start(3)).Observe(new JobResult(trial, 3, 1000 - trial, [], false));
        var choice = Assert.IsType<ScheduleDecision.Choose>(state.Next(200, mayStart: true).Decision);
        Assert.Equal(Enumerable.Range(150, 50).Reverse(), choice.Paused.Select(more => more.Trial));
        Assert.Equal(Enumerable.Range(150, 50).Reverse(), state.Candidates(10));
    }

    [Theory]
    [InlineData(8, 3)]
    [InlineData(9, null)] // asha would promote one of η² results
    public void Choose_LetsNoTrialStartWhereAshaWouldPromote(int results, int? toEpochs)
    {
        var state = new FreezeThawSchedule { Guard = 0 }.Initial(27);
        for (var trial = 0; trial < results; trial++)
            state = state.Take(new ScheduleDecision.Start(3)).Observe(new JobResult(trial, 3, trial, [], false));
        var choice = Assert.IsType<ScheduleDecision.Choose>(state.Next(results, mayStart: true).Decision);
        Assert.Equal((toEpochs, results), (choice.ToEpochs, choice.Paused.Length));
    }

    [Fact]
    public void Next_ComparesBySmoothedValues()
    {
        var state = new FreezeThawSchedule { Guard = 0 }.Initial(27);
        state = state.Observe(new JobResult(0, 3, 0.1, [], false) { Smoothed = 0.5 });
        state = state.Observe(new JobResult(1, 3, 0.2, [], false) { Smoothed = 0.4 });
        var choice = Assert.IsType<ScheduleDecision.Choose>(state.Next(2, mayStart: true).Decision);
        Assert.Equal([1, 0], choice.Paused.Select(more => more.Trial));
    }
}
