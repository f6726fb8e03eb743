using HyperSearch.Numerics;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;

namespace HyperSearch.Tests.Samplers;

public sealed class MultiFidelityTests
{
    private static readonly int[] Rungs = [3, 13, 52];

    [Fact]
    public void Propose_LearnsFromTheHighestRungWithEnoughResults()
    {
        // On the low rung the best points lie at 0.9, on the high one at 0.1.
        var state = MultiFidelity.Initial(new CoarseToFineSampler { GlobalShare = 0 }, new SamplingProblem(Grounds.Cube(2), 1, 100), [3, 52]);
        for (var trial = 0; trial < 40; trial++)
            state = state.Observe(Seen(trial, 0.9 - 0.002 * trial, 3));
        Assert.Equal(3, state.Propose(40, RandomStream.For(1, 40, "rung")).Proposal!.Origin.Rung);
        Assert.True(Near(state, 0.9) > 20);
        for (var trial = 0; trial < MultiFidelity.Enough + 4; trial++)
            state = state.Observe(Seen(100 + trial, 0.1 + 0.002 * trial, 52));
        Assert.True(Near(state, 0.1) > 20);
        Assert.Equal(52, state.Propose(200, RandomStream.For(1, 200, "rung")).Proposal!.Origin.Rung);

        static Observation Seen(int trial, double at, int epochs) => new(trial, Grounds.Cube(2).Snap([at, at]), new Origin(OriginKind.Hop), trial, epochs);
        static int Near(ISamplerState state, double at) => Enumerable.Range(0, 40).Count(i =>
            state.Propose(200 + i, RandomStream.For(1, (ulong)i, "near")).Proposal!.Position.All(u => Math.Abs(u - at) < 0.25));
    }

    /// <summary>A trial that ends on one rung is pending on no other, or a model would grow with every such trial.</summary>
    [Fact]
    public void Observe_WithdrawsTheTrialFromTheOtherRungs()
    {
        var withdrawn = new List<int>();
        var state = MultiFidelity.Initial(new Witness(withdrawn), new SamplingProblem(Grounds.Cube(2), 1, 100), Rungs);
        state.Observe(new Observation(7, [0.5, 0.5], new Origin(OriginKind.Global), 1, 13));
        Assert.Equal([7, 7], withdrawn);
    }

    [Fact]
    public void Withdraw_LeavesNothingPending()
    {
        var (_, next) = new GpSampler().Initial(new SamplingProblem(Grounds.Cube(2), 1, 100)).Propose(0, RandomStream.For(1, 0, "propose"));
        Assert.Single(((GpState)next).Pending);
        Assert.Empty(((GpState)next.Withdraw(0)).Pending);
    }

    [Fact]
    public void Propose_TriesEveryPointOfAFiniteSpaceOnceOverAllRungs()
    {
        var state = MultiFidelity.Initial(new CoarseToFineSampler(), new SamplingProblem(Grounds.Finite, 1, 100), Rungs);
        var points = new HashSet<string>();
        for (var trial = 0; ; trial++)
        {
            var (proposal, next) = state.Propose(trial, RandomStream.For(1, (ulong)trial, "propose"));
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
    public void Initial_LeavesPointsAloneThatTheUserGave()
    {
        var taken = Grounds.Finite.PositionOf(Grounds.Finite.At([0.5, 0.9, 0.5]));
        var state = MultiFidelity.Initial(new RandomSampler(), new SamplingProblem(Grounds.Finite, 1, 100) { Taken = [taken] }, [1]);
        for (var trial = 0; trial < 14; trial++)
        {
            var (proposal, next) = state.Propose(trial, RandomStream.For(1, (ulong)trial, "propose"));
            Assert.NotEqual(taken, proposal!.Position);
            state = next;
        }

        Assert.Null(state.Propose(14, RandomStream.For(1, 14, "propose")).Proposal);
    }

    private sealed record Witness(List<int> Withdrawn) : ISampler, ISamplerState
    {
        public ISamplerState Initial(SamplingProblem problem) => this;

        public ISamplerState Observe(Observation observation) => this;

        public ISamplerState Withdraw(int trial)
        {
            Withdrawn.Add(trial);
            return this;
        }

        public (Proposal? Proposal, ISamplerState Next) Propose(int trial, RandomStream random) => (null, this);
    }
}
