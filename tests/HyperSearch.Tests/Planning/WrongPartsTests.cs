using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Schedules;

namespace HyperSearch.Tests.Planning;

/// <summary>A sampler, a schedule or a measure of work of a program's own that gives what nobody can use is told of by its name.</summary>
public sealed class WrongPartsTests
{
    [Theory]
    [InlineData(new double[0], "proposed trial 0 at a position of 0. It has one coordinate for each of the 2 searched parameters: x, y.")]
    [InlineData(new[] { 0.5, 1.5 }, "proposed trial 0 with 1.5 as the coordinate of y. A coordinate lies in [0, 1]")]
    [InlineData(new[] { double.NaN, 0.5 }, "proposed trial 0 with NaN as the coordinate of x.")]
    [InlineData(null, "proposed trial 0 without a position.")]
    public void Propose_NamesTheSamplerOfAPointThatNoSpaceHas(double[]? position, string expected)
    {
        var odd = new OddSampler(Position: () => position is null ? null : [.. position]);
        foreach (var schedule in new ISchedule[] { new FullSchedule(), new AshaSchedule() })
        {
            var search = PlannerRun.Search(odd) with { Schedule = schedule };
            var refusal = Assert.Throws<CampaignException>(() => PlannerRun.Outcomes(search));
            Assert.Contains($"The sampler {nameof(OddSampler)} {expected}", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Propose_NamesTheSamplerThatGivesNoState()
    {
        Assert.Contains($"The sampler {nameof(OddSampler)} gave null by Initial.",
            Assert.Throws<ArgumentException>(() => Begin(new OddSampler { Absent = "Initial" })).Message, StringComparison.Ordinal);
        foreach (var absent in new[] { "Propose", "Observe" })
        {
            var search = PlannerRun.Search(new OddSampler { Absent = absent });
            var refusal = Assert.Throws<CampaignException>(() => PlannerRun.Outcomes(search));
            Assert.Contains($"The sampler {nameof(OddSampler)} gave a null state by {absent}.", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("Initial", "gave null by Initial. It gives the state before any job.")]
    [InlineData("Rungs", "has no Rungs. They are the budgets at which results can be compared, ascending; ")]
    public void Initial_NamesTheScheduleThatCannotBegin(string absent, string expected)
    {
        var search = new SearchOptions { Schedule = new OddSchedule { Absent = absent } };
        var refusal = Assert.Throws<ArgumentException>(() => new AskAndTell(PlannerRun.Search().Space, search));
        Assert.Contains($"The schedule {nameof(OddSchedule)} {expected}", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Next")]
    [InlineData("Observe")]
    public void Next_NamesTheScheduleThatGivesNoState(string absent)
    {
        var search = PlannerRun.Search() with { Schedule = new OddSchedule { Absent = absent } };
        var refusal = Assert.Throws<CampaignException>(() => PlannerRun.Outcomes(search));
        Assert.Contains($"The schedule {nameof(OddSchedule)} gave a null state by {absent}.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Dispatch_NamesTheWorkThatCannotBeToldAndTakesWhatIsNoWorkForOne()
    {
        var search = PlannerRun.Search(slots: 3);
        var refusal = Assert.Throws<CampaignException>(() =>
            PlannerRun.Outcomes(search, cost: _ => throw new InvalidOperationException("no such table")));
        Assert.Contains("WorkPerEpoch failed for the configuration of trial 0, x", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("no such table", refusal.Message, StringComparison.Ordinal);
        var costs = new[] { double.NaN, -1, 0, double.PositiveInfinity };
        Assert.All(costs, cost => Assert.Equal(PlannerRun.Outcomes(search), PlannerRun.Outcomes(search, cost: _ => cost)));
    }

    private static PlannerState Begin(ISampler sampler) => new Planner(PlannerRun.Search(sampler), _ => 1, 60).Initial();

    private sealed record OddSampler(Func<double[]?>? Position = null) : ISampler, ISamplerState
    {
        public string? Absent { get; init; }

        public ISamplerState Initial(SamplingProblem problem) => Absent == "Initial" ? null! : this;

        public ISamplerState Observe(Observation observation) => Absent == "Observe" ? null! : this;

        public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
        {
            var position = Position is null ? [request.Random.NextDouble(), request.Random.NextDouble()] : Position();
            var proposal = new Proposal(position is null ? default : [.. position], new Origin(OriginKind.Global));
            return (proposal, Absent == "Propose" ? null! : this);
        }
    }

    private sealed record OddSchedule : ISchedule, IScheduleState
    {
        public string? Absent { get; init; }

        public IReadOnlyList<int> Rungs => Absent == "Rungs" ? [] : [1];

        public IScheduleState Initial(int epochs) => Absent == "Initial" ? null! : this;

        public IScheduleState Observe(JobResult result) => Absent == "Observe" ? null! : this;

        public IEnumerable<int> Candidates(int furtherTrials) => [];

        public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart) =>
            (mayStart ? new ScheduleDecision.Start(1) : new ScheduleDecision.Wait(), Absent == "Next" ? null! : this);
    }
}
