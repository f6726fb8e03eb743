using System.Collections.Immutable;
using CsCheck;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Planning;

public sealed class PlannerTests
{
    private static readonly Func<Point, double> UnequalCost = point => 1 + (9 * point["x"].Number);

    [Fact]
    public void Outcomes_DoNotDependOnWhichWorkerFinishesFirst()
    {
        var search = PlannerRun.Search(new CoarseToFineSampler());
        var inOrder = PlannerRun.Outcomes(search, cost: UnequalCost);
        Gen.ULong.Sample(
            seed =>
            {
                var random = RandomStream.For(seed, 0, "completion order");
                Assert.Equal(inOrder, PlannerRun.Outcomes(search, random.NextInt, UnequalCost));
            },
            iter: 50);
    }

    [Fact]
    public void Outcomes_DoNotDependOnWhereASessionWasKilled()
    {
        var search = PlannerRun.Search(new CoarseToFineSampler());
        var straight = PlannerRun.Outcomes(search, cost: UnequalCost);
        Gen.ULong.Sample(
            seed =>
            {
                // Any prefix of the arrivals may be on disk, in any order of arrival.
                var random = RandomStream.For(seed, 0, "kill");
                var kept = straight.Where(_ => random.NextDouble() < 0.5).ToList();
                Assert.Equal(straight, PlannerRun.Outcomes(search, random.NextInt, UnequalCost, earlier: kept));
            },
            iter: 50);
    }

    [Fact]
    public void Outcomes_OfAnExtendedCampaignEqualThoseOfAStraightOne()
    {
        var sampler = new CoarseToFineSampler();
        var half = PlannerRun.Outcomes(PlannerRun.Search(sampler, trials: 30), cost: UnequalCost);
        var extended = PlannerRun.Outcomes(PlannerRun.Search(sampler, trials: 60), cost: UnequalCost, earlier: half, budgetedTrials: 30);
        Assert.Equal(PlannerRun.Outcomes(PlannerRun.Search(sampler, trials: 60), cost: UnequalCost), extended);
    }

    public static TheoryData<ScheduleDecision?, string> WrongDecisions => new()
    {
        { null, "gave no decision" },
        { new ScheduleDecision.Start(0), "started trial 0 up to epoch 0. The epochs of this search go from 1 to" },
        { new ScheduleDecision.Start(99), "started trial 0 up to epoch 99" },
        { new ScheduleDecision.Continue(7, 0, 1), "continued trial 7, which never started" },
        { new ScheduleDecision.Copy(7, 8, 1, 2, new Perturbation(1.2, 0), "why"), "copied trial 7, which never started" },
        { new ScheduleDecision.Choose(1, []), "left the decision to a model by a Choose" },
    };

    [Theory]
    [MemberData(nameof(WrongDecisions))]
    public void Next_NamesTheScheduleWhoseDecisionCannotBeCarriedOut(ScheduleDecision? decision, string expected)
    {
        var refusal = Assert.Throws<CampaignException>(() =>
            PlannerRun.Outcomes(PlannerRun.Search(new CoarseToFineSampler(), trials: 3) with { Schedule = new Stubborn(decision!) }));
        Assert.Contains($"The schedule {nameof(Stubborn)} {expected}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_EndsWithAScheduleThatNeverStopsStarting()
    {
        var search = PlannerRun.Search(new CoarseToFineSampler(), trials: 3);
        var always = new Stubborn(new ScheduleDecision.Start(search.Objective.Epochs));
        var refusal = Assert.Throws<CampaignException>(() => PlannerRun.Outcomes(search with { Schedule = always }));
        Assert.Contains("started trial 3 though no trial may start any more", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>A schedule that decides the same whatever happens.</summary>
    private sealed record Stubborn(ScheduleDecision Decision) : ISchedule, IScheduleState
    {
        public IReadOnlyList<int> Rungs => [1];

        public IScheduleState Initial(int epochs) => this;

        public IScheduleState Observe(JobResult result) => this;

        public IEnumerable<int> Candidates(int furtherTrials) => [];

        public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart) => (Decision, this);
    }

    [Fact]
    public void Propose_SeesExactlyTheOutcomesThatEndedOnTheLogicalClock()
    {
        // Slots 2; costs 3, 1, 1, 5, …: trial 2 starts when trial 1 ends (t = 1), trial 3 when trial 2 ends (t = 2), trial 4 when trial 0
        // ends (t = 3).
        var costs = new Queue<double>([3, 1, 1, 5, 1, 1]);
        var sampler = new WitnessSampler();
        PlannerRun.Outcomes(PlannerRun.Search(sampler, trials: 6, slots: 2), count => count - 1, _ => costs.Dequeue());
        Assert.Equal(["", "", "1", "1,2", "1,2,0", "1,2,0,4"], sampler.Seen);
    }

    [Fact]
    public void Outcomes_AreAsManyAsTrials() =>
        (from trials in Gen.Int[1, 40] from slots in Gen.Int[1, 16] select (trials, slots)).Sample(
            t => PlannerRun.Outcomes(PlannerRun.Search(trials: t.trials, slots: t.slots)).Count == t.trials, iter: 60);

    [Fact]
    public void Observe_RefusesAnOutcomeOutOfTurn()
    {
        var planner = new Planner(PlannerRun.Search(slots: 2), _ => 1, 60);
        var (first, state) = planner.Next(planner.Initial());
        (var second, state) = planner.Next(state);
        var refusal = Assert.Throws<ArgumentException>(() => planner.Observe(state, PlannerRun.OutcomeOf(second!, 1)));
        Assert.Contains($"waits for job {first!.Number}, not for job {second!.Number}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Next_EndsTheCampaignWhenEveryTrialFails()
    {
        var search = PlannerRun.Search() with { Limits = new Limits { StopAfterFailures = 5 } };
        var outcomes = PlannerRun.Outcomes(search, value: _ => double.NaN);
        Assert.Equal(5 + search.Slots - 1, outcomes.Count); // those under way are still awaited
    }

    [Fact]
    public void Next_StartsFailedTrialsAgainAsNewOnes()
    {
        var search = PlannerRun.Search(trials: 40) with { Limits = new Limits { StopAfterFailures = 5 } };
        var broken = PlannerRun.Outcomes(search, measure: job => job.Trial < 9 ? job.Trial : double.NaN);
        int[] failed = [.. broken.Where(outcome => outcome.Value is null).Select(outcome => outcome.Trial)];
        Assert.InRange(failed.Length, 5, 12);

        TrialLimit[] limits = [new(0, 40), new(broken.Count, 40 + failed.Length) { Again = [.. failed] }];
        var mended = PlannerRun.Outcomes(search, measure: job => job.Trial, earlier: broken, limits: limits);
        Assert.Equal(broken, mended.Take(broken.Count)); // the failures stay
        Assert.Equal(40 + failed.Length, mended.Count);
        var again = mended.Skip(broken.Count).Take(failed.Length).ToList();
        Assert.Equal(broken.Where(outcome => outcome.Value is null).OrderBy(outcome => outcome.Trial).Select(outcome => outcome.Point),
            again.OrderBy(outcome => outcome.Trial).Select(outcome => outcome.Point));
        Assert.Equal($"trial {failed.Min()} again, which failed", again.MinBy(outcome => outcome.Trial)!.Origin.Note);
        Assert.All(again, outcome => Assert.NotNull(outcome.Value));

        // Killed anywhere in between, it goes on to the same.
        for (var kept = 0; kept < mended.Count; kept += 7)
            Assert.Equal(mended,
                PlannerRun.Outcomes(search, measure: job => job.Trial, earlier: mended.Take(broken.Count + kept), limits: limits));
    }

    [Fact]
    public void Next_GoesOnWhenFailuresAreNotInARow()
    {
        var search = PlannerRun.Search() with { Limits = new Limits { StopAfterFailures = 5 } };
        Assert.Equal(60, PlannerRun.Outcomes(search, value: point => point["x"].Number < 0.5 ? double.NaN : 1).Count);
    }

    [Fact]
    public void Next_EndsTheCampaignAtItsTarget()
    {
        var search = PlannerRun.Search() with { Limits = new Limits { Target = 0.5 } };
        var outcomes = PlannerRun.Outcomes(search);
        var hit = outcomes.FindIndex(outcome => outcome.Value <= 0.5);
        Assert.InRange(outcomes.Count, hit + 1, hit + search.Slots);
    }

    [Fact]
    public void Next_EndsTheCampaignAfterItsEpochs()
    {
        var search = PlannerRun.Search() with { Objective = new TestObjective { Epochs = 10 }, Limits = new Limits { Epochs = 200 } };
        Assert.Equal(20 + search.Slots - 1, PlannerRun.Outcomes(search).Count); // those under way are still awaited
    }

    /// <summary>A trial that goes on is no other trial: jobs from a checkpoint do not use patience up.</summary>
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Next_EndsTheCampaignAfterTrialsWithoutProgress(bool rungs)
    {
        var search = PlannerRun.Search(trials: 100, slots: 1) with
        {
            Objective = new TestObjective { Epochs = 16 },
            Limits = new Limits { Patience = 30 }
        };
        search = rungs ? search with { Schedule = new AshaSchedule() } : search;
        var outcomes = PlannerRun.Outcomes(search, value: point => point["x"].Number > 2 ? 0 : 1);
        Assert.Equal(31, outcomes.Count(outcome => outcome.FromEpochs == 0));
    }

    [Fact]
    public void Next_CountsLimitsOverAllSessions()
    {
        foreach (var limits in new[] { new Limits { Patience = 6 }, new Limits { Epochs = 33 }, new Limits { Target = 0.5 } })
        {
            var search = PlannerRun.Search(new CoarseToFineSampler()) with { Limits = limits };
            var straight = PlannerRun.Outcomes(search);
            Assert.InRange(straight.Count, 10, 59);
            Assert.Equal(straight, PlannerRun.Outcomes(search, earlier: straight.Take(straight.Count / 2)));
        }
    }

    [Fact]
    public void Next_RunsEnqueuedPointsFirst()
    {
        var point = new Point([new("x", 0.25), new("y", 0.01)]);
        var search = PlannerRun.Search() with { Enqueued = [point] };
        var first = PlannerRun.Outcomes(search).Single(outcome => outcome.Trial == 0);
        Assert.Equal(point, first.Point);
        Assert.Equal(OriginKind.Enqueued, first.Origin.Kind);
    }

    [Fact]
    public void Next_GivesTrialsSeedsOfTheirOwn()
    {
        var planner = new Planner(PlannerRun.Search(slots: 40), _ => 1, 60);
        var state = planner.Initial();
        var seeds = new HashSet<ulong>();
        for (var i = 0; i < 40; i++)
        {
            (var job, state) = planner.Next(state);
            Assert.True(seeds.Add(job!.Seed));
        }
    }

    /// <summary>Notes which trials each proposal could know of. The one impure sampler: it exists to be asked afterwards.</summary>
    private sealed record WitnessSampler : ISampler
    {
        public List<string> Seen { get; } = [];

        public ISamplerState Initial(SamplingProblem problem) => new State(problem.Space.Dimensions, [], Seen);

        private sealed record State(int Dimensions, ImmutableList<int> Observed, List<string> Seen) : ISamplerState
        {
            public ISamplerState Observe(Observation observation) => this with { Observed = Observed.Add(observation.Trial) };

            public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
            {
                Seen.Add(string.Join(',', Observed));
                return (new Proposal([.. Enumerable.Repeat(0.5, Dimensions)], new Origin(OriginKind.Global)), this);
            }
        }
    }
}
