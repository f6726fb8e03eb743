using CsCheck;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;
using HyperSearch.Tests.Samplers;

namespace HyperSearch.Tests.Planning;

public sealed class ConfirmTests
{
    private static readonly Search Confirming =
        PlannerRun.Search(new CoarseToFineSampler()) with { Confirm = new Confirm { Top = 4, Repeats = 2 } };

    [Fact]
    public void Planner_RepeatsTheBestOnSeedsOfTheirOwnWhenTheSearchHasEnded()
    {
        var jobs = new List<Job>();
        var outcomes = PlannerRun.Outcomes(Confirming with { Confirm = new Confirm { Top = 4, Repeats = 2, AtMost = 8 } }, measure: job =>
        {
            jobs.Add(job);
            return Noisy(job);
        });
        var repeats = jobs.Where(job => job.Repeat > 0).ToList();
        var best = outcomes.Where(outcome => outcome.Repeat == 0).OrderBy(outcome => outcome.Value).Take(4)
            .Select(outcome => outcome.Trial).Order();
        Assert.Equal(best, repeats.Select(job => job.Trial).Distinct().Order());
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2], repeats.Select(job => job.Repeat));
        Assert.Equal(68, jobs.Select(job => job.Seed).Distinct().Count());
        Assert.All(jobs.Take(60), job => Assert.Equal(0, job.Repeat));
        Assert.All(repeats, job => Assert.Equal((0, Confirming.Objective.Epochs), (job.FromEpochs, job.ToEpochs)));
    }

    [Fact]
    public void Planner_GivesCloseLeadersMoreRepeatsUpToTheLimit()
    {
        var close = PlannerRun.Outcomes(Confirming, measure: job => RandomStream.For(job.Seed, 0, "noise").NextNormal());
        var apart = PlannerRun.Outcomes(Confirming, measure: job => job.Trial + 1e-3 * RandomStream.For(job.Seed, 0, "noise").NextNormal());
        Assert.InRange(close.Count(outcome => outcome.Repeat > 0), 9, Confirming.Confirm!.Runs);
        Assert.Equal(8, apart.Count(outcome => outcome.Repeat > 0));
    }

    [Fact]
    public void Planner_RepeatsADeterministicObjectiveNoMoreThanAsked() =>
        Assert.Equal(8, PlannerRun.Outcomes(Confirming).Count(outcome => outcome.Repeat > 0));

    [Fact]
    public void Planner_ConfirmsNobodyAfterTooManyFailures()
    {
        var search = Confirming with { Limits = new Limits { StopAfterFailures = 5 } };
        var outcomes = PlannerRun.Outcomes(search, measure: job => job.Trial < 20 ? Noisy(job) : double.NaN);
        Assert.DoesNotContain(outcomes, outcome => outcome.Repeat > 0);
    }

    [Fact]
    public void Planner_ConfirmsAfterAStopConditionToo()
    {
        var search = Confirming with { Limits = new Limits { Target = 0.5 } };
        var outcomes = PlannerRun.Outcomes(search, measure: Noisy);
        Assert.True(outcomes.Count(outcome => outcome.Repeat == 0) < 60);
        Assert.True(outcomes.Count(outcome => outcome.Repeat > 0) >= 8);
    }

    [Fact]
    public void Outcomes_DoNotDependOnTheOrderOfArrivalOrOnKills()
    {
        static double Cost(Point point) => 1 + (9 * point["x"].Number);
        var straight = PlannerRun.Outcomes(Confirming, cost: Cost, measure: Noisy);
        Assert.True(straight.Count > 68);
        Gen.ULong.Sample(
            seed =>
            {
                var random = RandomStream.For(seed, 0, "kill");
                var kept = straight.Where(_ => random.NextDouble() < 0.7).ToList();
                Assert.Equal(straight, PlannerRun.Outcomes(Confirming, random.NextInt, Cost, earlier: kept, measure: Noisy));
            },
            iter: 30);
    }

    [Fact]
    public void Outcomes_OfAnExtendedCampaignEqualThoseOfAStraightOneAndNoRepeatIsRunTwice()
    {
        var half = PlannerRun.Outcomes(Confirming with { Trials = 30 }, measure: Noisy);
        var again = new List<JobKey>();
        var extended = PlannerRun.Outcomes(Confirming, earlier: half, budgetedTrials: 30, measure: job =>
        {
            again.Add(job.Key);
            return Noisy(job);
        });
        Assert.Equal(PlannerRun.Outcomes(Confirming, measure: Noisy), extended);
        Assert.Empty(again.Intersect(half.Select(outcome => outcome.Key)));
    }

    /// <summary>
    /// The promise of confirming, on two functions; the benchmark <c>confirm</c> tries more of them, with more campaigns.
    /// </summary>
    [Fact]
    public void Winner_IsTrulyAmongTheBestThreeMoreOftenThanTheLuckiest()
    {
        var (lucky, confirmed) = (0, 0);
        const int campaigns = 60;
        for (var seed = 1; seed <= campaigns; seed++)
        {
            var search = new AskAndTell(Grounds.Cube(seed % 2 == 0 ? 3 : 4),
                new SearchOptions { Sampler = new RandomSampler(), Trials = 150, Seed = (ulong)seed, Confirm = new Confirm() });
            var truth = new Dictionary<int, double>();
            while (search.Ask() is { } job)
            {
                truth[job.Trial] = Grounds.Bowl(job.Point)!.Value;
                search.Tell(job, truth[job.Trial] + 0.02 * RandomStream.For(job.Seed, 0, "noise").NextNormal());
            }

            var best = truth.OrderBy(entry => entry.Value).Take(3).Select(entry => entry.Key).ToHashSet();
            lucky += best.Contains(search.Ranking.MinBy(trial => trial.Value)!.Number) ? 1 : 0;
            confirmed += best.Contains(search.Ranking[0].Number) ? 1 : 0;
        }

        Assert.True(confirmed >= 0.9 * campaigns && confirmed > lucky + 3, $"confirmed {confirmed}, luckiest {lucky} of {campaigns}");
    }

    [Fact]
    public void Confirmation_IsOfWholeRepeatsOnly()
    {
        var stopped = new HashSet<int>();
        var outcomes = PlannerRun.Outcomes(Confirming, measure: Noisy, complete: (job, outcome) =>
            job is { Repeat: 2 } && stopped.Add(job.Trial)
                ? outcome with { State = OutcomeState.Stopped, Value = -1000, Reason = "stopped by hand" } : outcome);
        Assert.NotEmpty(stopped);
        foreach (var trial in Trial.Fold(outcomes, Confirming.Objective.Epochs).Where(trial => trial.Repeats.Length > 0))
        {
            Assert.Equal(trial.Repeats.Length - 1, trial.Confirmed!.Values.Length);
            Assert.True(trial.Confirmed.Mean > -10);
        }

        // a round that was decided by the whole repeats alone is decided alike whatever the stopped ones had measured
        var others = PlannerRun.Outcomes(Confirming, measure: Noisy, complete: (job, outcome) =>
            job is { Repeat: 2 } ? outcome with { State = OutcomeState.Stopped, Value = null, Reason = "stopped by hand" } : outcome);
        Assert.Equal(others.Select(outcome => (outcome.Job, outcome.Trial, outcome.Repeat)),
            outcomes.Select(outcome => (outcome.Job, outcome.Trial, outcome.Repeat)));
    }

    private static double Noisy(Job job) =>
        Math.Pow(job.Point["x"].Number - 0.3, 2) + Math.Abs(Math.Log10(job.Point["y"].Number) + 2)
            + 0.2 * RandomStream.For(job.Seed, 0, "noise").NextNormal();
}
