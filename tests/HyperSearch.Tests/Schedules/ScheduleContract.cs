using HyperSearch.Samplers;
using HyperSearch.Samplers.Auto;
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Schedules;
using HyperSearch.Tests.Planning;

namespace HyperSearch.Tests.Schedules;

/// <summary>What every schedule promises. A new schedule derives from this and names itself.</summary>
public abstract class ScheduleContract
{
    protected abstract ISchedule Schedule { get; }

    /// <summary>Samplers that its campaigns are played with: one with a memory for each rung, one that learns from every rung.</summary>
    public static TheoryData<ISampler> Samplers => [new AutoSampler(), new MultiFidelityGpSampler { Candidates = 32 }];

    public static TheoryData<int, int, int> Games => new() { { 52, 1, 40 }, { 52, 8, 100 }, { 1, 4, 20 }, { 30, 3, 7 }, { 100, 8, 1 } };

    [Theory]
    [MemberData(nameof(Games))]
    public void Rungs_AscendToTheFullBudget(int epochs, int slots, int trials)
    {
        var rungs = Play(epochs, slots, trials).State.Rungs;
        Assert.Equal(rungs.Distinct().Order(), rungs);
        Assert.Equal(epochs, rungs[^1]);
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void Next_GoesOnFromRungToRungWhereATrialEnded(int epochs, int slots, int trials)
    {
        var game = Play(epochs, slots, trials);
        var rungs = game.State.Rungs.ToList();
        foreach (var job in game.Jobs)
        {
            Assert.Contains(job.To, rungs);
            if (job.Decision is not ScheduleDecision.Continue)
                continue;
            Assert.Equal(rungs.IndexOf(job.From) + 1, rungs.IndexOf(job.To));
            var before = game.Results.Take(job.Seen).Last(result => result.Trial == job.Trial);
            Assert.Equal(job.From, before.Epochs);
            Assert.False(before.Ended);
        }

        Assert.Equal(game.Jobs.Count, game.Jobs.Select(job => (job.Trial, job.To)).Distinct().Count());
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void Candidates_HoldEveryTrialFromItsResultUntilItGoesOn(int epochs, int slots, int trials)
    {
        var game = Play(epochs, slots, trials);
        foreach (var job in game.Jobs.Where(job => job.Decision is ScheduleDecision.Continue))
        {
            var ended = game.Results.FindLastIndex(job.Seen - 1, result => result.Trial == job.Trial);
            Assert.All(game.Candidates[ended..job.Seen], candidates => Assert.Contains(job.Trial, candidates));
        }

        Assert.True(game.Candidates[^1].Count <= 1 + trials / 2, $"{game.Candidates[^1].Count} of {trials} trials are kept at the end");
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void Next_StartsEveryTrialAndTrainsOneInFull(int epochs, int slots, int trials)
    {
        var game = Play(epochs, slots, trials);
        Assert.Equal(trials, game.Started);
        Assert.Contains(game.Results, result => result.Epochs == epochs && result.Value is not null);
    }

    [Theory]
    [MemberData(nameof(Games))]
    public void TheSameCalls_GiveTheSameDecisions(int epochs, int slots, int trials) =>
        Assert.Equal(Play(epochs, slots, trials).Jobs.Select(job => job.ToString()),
            Play(epochs, slots, trials).Jobs.Select(job => job.ToString()));

    [Theory]
    [MemberData(nameof(Samplers))]
    public void Campaign_HasOneRankingForAnyNumberOfWorkersAndAfterAResume(ISampler sampler) =>
        OneRanking.Holds(sampler, Schedule, trials: 40, epochs: 27);

    [Fact]
    public void Next_EndsWhereEveryTrialDiverges()
    {
        var game = new ScheduleGame(Schedule, 52, 30, 4, (_, _) => null).Play();
        Assert.Equal(30, game.Started);
        Assert.All(game.Jobs, job => Assert.IsType<ScheduleDecision.Start>(job.Decision));
    }

    [Fact]
    public void Initial_RefusesABudgetOfNothing() => Assert.Throws<ArgumentOutOfRangeException>(() => Schedule.Initial(0));

    private ScheduleGame Play(int epochs, int slots, int trials) =>
        new ScheduleGame(Schedule, epochs, trials, slots, ScheduleGame.Curve).Play();
}
