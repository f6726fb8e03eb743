using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Spaces;
using HyperSearch.Tests.Samplers;

namespace HyperSearch.Tests.Planning;

public sealed class SamplingStateTests
{
    private static readonly int[] Rungs = [3, 13, 52];

    [Fact]
    public void Propose_LearnsFromTheHighestRungWithEnoughResults()
    {
        // On the low rung the best points lie at 0.9, on the high one at 0.1.
        var state = Begin(new CoarseToFineSampler { GlobalShare = 0 }, Grounds.Cube(2), [3, 52]);
        for (var trial = 0; trial < 40; trial++)
            state = state.Observe(Seen(trial, 0.9 - 0.002 * trial, 3));
        Assert.Equal(3, state.Propose(40).Plan!.Origin.Rung);
        Assert.True(Near(state, 0.9) > 20);
        for (var trial = 0; trial < SamplingState.Enough + 4; trial++)
            state = state.Observe(Seen(100 + trial, 0.1 + 0.002 * trial, 52));
        Assert.True(Near(state, 0.1) > 20);
        Assert.Equal(52, state.Propose(200).Plan!.Origin.Rung);

        static Observation Seen(int trial, double at, int epochs) =>
            new(trial, Grounds.Cube(2).Snap([at, at]), new Origin(OriginKind.Hop), trial, epochs);
        static int Near(SamplingState state, double at) => Enumerable.Range(0, 40).Count(i =>
            state.Propose(200 + i).Plan!.Position.All(u => Math.Abs(u - at) < 0.25));
    }

    /// <summary>A trial that ends on one rung is pending on no other, or a model would grow with every such trial.</summary>
    [Theory]
    [InlineData(3)]
    [InlineData(13)]
    [InlineData(52)]
    public void Observe_LeavesTheTrialPendingOnNoRung(int epochs)
    {
        var (plan, state) = Begin(new GpSampler(), Grounds.Cube(2), Rungs).Propose(0);
        Assert.Equal([1, 0, 0], state.Memories.Select(memory => memory.Pending.Count));
        state = state.Observe(new Observation(0, plan!.Position, plan.Origin, 1, epochs));
        Assert.Equal([0, 0, 0], state.Memories.Select(memory => memory.Pending.Count));
        Assert.Equal([epochs == 3 ? 1 : 0, epochs == 13 ? 1 : 0, epochs == 52 ? 1 : 0], state.Memories.Select(memory => memory.Results));
    }

    /// <summary>
    /// The state that proposed a trial is handed its proposal with the outcome; a state of another budget, and one that is told again, is
    /// not.
    /// </summary>
    [Fact]
    public void Observe_HandsAPendingProposalBackOnce()
    {
        var witness = new Witness([], []);
        var (plan, state) = Begin(witness, Grounds.Cube(2), [3, 52]).Propose(0);
        state = state.Observe(new Observation(0, plan!.Position, plan.Origin, 1, 3));
        state.Observe(new Observation(0, plan.Position, plan.Origin, 1, 52));
        Assert.Equal(["0.25 0.25", ""], witness.Told);
    }

    [Fact]
    public void Propose_TellsTheSamplerWhatIsKnown()
    {
        var witness = new Witness([], []);
        var state = Begin(witness, Grounds.Cube(2), [3, 52]);
        (var first, state) = state.Propose(0);
        (_, state) = state.Propose(1);
        state = state.Observe(new Observation(0, first!.Position, first.Origin, 1, 3));
        state = state.Observe(new Observation(7, [0.1, 0.1], new Origin(OriginKind.Enqueued), 1, 3));
        state = state.Observe(new Observation(8, [0.3, 0.3], new Origin(OriginKind.Hop), 1, 3));
        state.Propose(9);
        Assert.Equal(
            ["trial 0: proposed 0, trials 0, pending , explored 0", "trial 1: proposed 1, trials 1, pending 0, explored 1",
                "trial 9: proposed 2, trials 3, pending 1, explored 4"],
            witness.Asked);
    }

    [Fact]
    public void Propose_TriesEveryPointOfAFiniteSpaceOnceOverAllRungs()
    {
        var state = Begin(new CoarseToFineSampler(), Grounds.Finite, Rungs);
        var points = new HashSet<string>();
        for (var trial = 0; ; trial++)
        {
            var (proposal, next) = state.Propose(trial);
            state = next;
            if (proposal is null)
                break;
            Assert.True(points.Add(string.Join(' ', proposal.Position)));
            foreach (var rung in Rungs.Take(1 + trial % 3))
                state = state.Observe(new Observation(trial, proposal.Position, proposal.Origin, trial, rung));
        }

        Assert.Equal(15, points.Count);
    }

    [Fact]
    public void Propose_GivesTheFirstPointsFirstAndNeverAgain()
    {
        var first = Grounds.Finite.At([0.5, 0.9, 0.5]);
        var state = SamplingState.Begin(new RandomSampler(), new SamplingProblem(Grounds.Finite, 1, 100), [1], [new FirstPoint(first)]);
        var points = new List<Point>();
        while (true)
        {
            (var plan, state) = state.Propose(points.Count);
            if (plan is null)
                break;
            points.Add(plan.Point);
        }

        Assert.Equal(first, points[0]);
        Assert.Equal(15, points.Distinct().Count());
        Assert.Equal(15, points.Count);
    }

    private static SamplingState Begin(ISampler sampler, Space space, IReadOnlyList<int> rungs) =>
        SamplingState.Begin(sampler, new SamplingProblem(space, 1, 100), rungs, []);

    /// <summary>Notes what it is asked and told. An impure sampler: it exists to be looked at afterwards.</summary>
    private sealed record Witness(List<string> Asked, List<string> Told) : ISampler, ISamplerState
    {
        public ISamplerState Initial(SamplingProblem problem) => this;

        public ISamplerState Observe(Observation observation)
        {
            Told.Add(observation.Proposal is { } proposal ? string.Join(' ', proposal.Position) : "");
            return this;
        }

        public (Proposal? Proposal, ISamplerState Next) Propose(ProposalRequest request)
        {
            Asked.Add($"trial {request.Trial}: proposed {request.Proposed}, trials {request.Trials}, pending " +
                $"{string.Join(' ', request.Pending.Keys)}, explored {request.Explored.Count}");
            var at = 1 / (4.0 + request.Trial);
            return (new Proposal([at, at], new Origin(OriginKind.Global)), this);
        }
    }
}
