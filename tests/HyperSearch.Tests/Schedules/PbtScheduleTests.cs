using HyperSearch.Schedules;

namespace HyperSearch.Tests.Schedules;

public sealed class PbtScheduleTests : ScheduleContract
{
    protected override ISchedule Schedule => new PbtSchedule();

    [Theory]
    [InlineData(30, 0, new[] { 3, 6, 9, 12, 15, 18, 21, 24, 27, 30 })]
    [InlineData(52, 20, new[] { 20, 40, 52 })]
    [InlineData(4, 2, new[] { 2, 4 })]
    [InlineData(5, 5, new[] { 5 })]
    public void Initial_ComparesAfterEveryStep(int epochs, int step, int[] expected) =>
        Assert.Equal(expected, new PbtSchedule { StepEpochs = step }.Initial(epochs).Rungs);

    [Fact]
    public void Initial_RefusesAStepBeyondTheBudget() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new PbtSchedule { StepEpochs = 10 }.Initial(9));

    /// <summary>All trials end as equals, so that each step takes as many as it may.</summary>
    [Theory]
    [InlineData(100, 10)]
    [InlineData(120, 10)]
    [InlineData(37, 4)]
    [InlineData(64, 2)]
    public void Initial_UsesUpAllTrialsInOnePopulation(int trials, int steps)
    {
        var game = new ScheduleGame(new PbtSchedule { StepEpochs = 3 }, 3 * steps, trials, 4, (trial, _) => trial).Play();
        var first = game.Jobs.FindIndex(job => job.Decision is ScheduleDecision.Copy);
        Assert.All(game.Jobs.Skip(first), job => Assert.IsNotType<ScheduleDecision.Start>(job.Decision));
        Assert.Equal(trials, game.Started);
        Assert.Contains(game.Jobs, job => job.To == 3 * steps && job.Decision is ScheduleDecision.Copy);
    }

    [Fact]
    public void Next_ReplacesTheWorstQuarterByCopiesOfTheBestInTurn()
    {
        var state = Begun(new PbtSchedule { Population = 8, StepEpochs = 1 }, 8);
        foreach (var trial in (int[])[3, 1, 0, 2, 7, 5, 4, 6])
            state = state.Observe(Result(trial, 1, trial));
        var decisions = Decide(ref state, 8, 8);
        Assert.Equal([(0, 7), (1, 6)], decisions.OfType<ScheduleDecision.Copy>().Select(copy => (copy.Parent, copy.Instead)));
        Assert.Equal([0, 1, 2, 3, 4, 5], decisions.OfType<ScheduleDecision.Continue>().Select(more => more.Trial));
        Assert.IsType<ScheduleDecision.Copy>(decisions[1]); // before the originals go on
        Assert.Equal("after 1 epoch trial 7 had place 8 of 8 and trial 0 had place 1", ((ScheduleDecision.Copy)decisions[0]).Why);
    }

    [Fact]
    public void Next_ReplacesEveryTrialThatCannotGoOnAndNoOtherWhereThoseAreEnough()
    {
        var state = Begun(new PbtSchedule { Population = 8, StepEpochs = 1 }, 8);
        for (var trial = 0; trial < 8; trial++)
            state = state.Observe(Result(trial, 1, trial is 2 or 4 or 5 ? null : trial));
        var copies = Decide(ref state, 8, 8).OfType<ScheduleDecision.Copy>().ToList();
        Assert.Equal([2, 4, 5], copies.Select(copy => copy.Instead).Order());
        Assert.All(copies, copy => Assert.InRange(copy.Parent, 0, 1));
    }

    [Fact]
    public void Next_NeverCopiesATrialThatEndedEarlyHoweverGood()
    {
        var state = Begun(new PbtSchedule { Population = 4, StepEpochs = 1 }, 4);
        state = state.Observe(new JobResult(0, 1, -5, [], Ended: true));
        for (var trial = 1; trial < 4; trial++)
            state = state.Observe(Result(trial, 1, trial));
        var copy = Assert.Single(Decide(ref state, 4, 4).OfType<ScheduleDecision.Copy>());
        Assert.Equal((1, 0), (copy.Parent, copy.Instead));
        Assert.Contains("trial 0 had place 1 of 4 and was over", copy.Why, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_LetsAllGoOnWhereNoTrialIsLeft()
    {
        var state = Begun(new PbtSchedule { Population = 8, StepEpochs = 1 }, 8);
        for (var trial = 0; trial < 8; trial++)
            state = state.Observe(Result(trial, 1, trial == 3 ? null : trial));
        var going = new List<int>();
        while (state.Next(8, mayStart: false) is (ScheduleDecision.Continue more, var next))
        {
            going.Add(more.Trial);
            state = next;
        }

        Assert.Equal([0, 1, 2, 4, 5, 6, 7], going.Order());
    }

    [Fact]
    public void Exhausted_EndsAPopulationWithThoseItHas()
    {
        var state = Begun(new PbtSchedule { Population = 8, StepEpochs = 1 }, 4).Exhausted();
        for (var trial = 0; trial < 4; trial++)
            state = state.Observe(Result(trial, 1, trial));
        var decisions = Decide(ref state, 4, 4);
        Assert.Single(decisions.OfType<ScheduleDecision.Copy>());
        Assert.Equal(3, decisions.OfType<ScheduleDecision.Continue>().Count());
    }

    private static JobResult Result(int trial, int epochs, double? value) => new(trial, epochs, value, [], value is null);

    private static IScheduleState Begun(PbtSchedule schedule, int trials)
    {
        var state = schedule.Initial(3);
        for (var trial = 0; trial < trials; trial++)
        {
            (var decision, state) = state.Next(trial, mayStart: true);
            Assert.IsType<ScheduleDecision.Start>(decision);
        }

        return state;
    }

    private static List<ScheduleDecision> Decide(ref IScheduleState state, int next, int count)
    {
        var decisions = new List<ScheduleDecision>();
        while (decisions.Count < count)
        {
            (var decision, state) = state.Next(next, mayStart: true);
            next += decision is ScheduleDecision.Copy ? 1 : 0;
            decisions.Add(decision);
        }

        return decisions;
    }
}
