using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CmaEs;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.Surrogates;
using HyperSearch.Samplers.Tpe;

namespace HyperSearch.Tests.Samplers;

public sealed class GpSamplerTests : SamplerContract
{
    protected override ISampler Sampler => new GpSampler { Candidates = 32 };

    protected override int Trials => 30;

    [Fact]
    public void Propose_FindsTheBottomOfABowl() =>
        Assert.InRange(new Game(new GpSampler(), Grounds.Cube(3), Grounds.Bowl).Play(30).Best, 0, 1e-4);

    [Fact]
    public void Propose_KeepsAwayFromPendingTrials()
    {
        // The first eight decisions of the model, each with the seven before it pending or just ended.
        var batch = new Game(Sampler, Grounds.Cube(3), Grounds.Bowl, slots: 8).Play(18).Proposals.Skip(10).ToList();
        Assert.All(batch, one => Assert.Equal(OriginKind.Model, one.Origin.Kind));
        Assert.All(batch, one => Assert.All(batch.Where(other => other != one),
            other => Assert.True(one.Position.Zip(other.Position, (a, b) => Math.Abs(a - b)).Max() > 0.01)));
    }

    [Theory]
    [InlineData(LawEdition.First, 64)]
    [InlineData(LawEdition.Newest, 8)]
    public void Propose_AsksTheModelAfterTheDesignHoweverManyRunAtOnce(int edition, int opening)
    {
        var state = SamplingState.Begin(new GpSampler { Candidates = 8 },
            new SamplingProblem(Grounds.Cube(3), 1, 100) { Slots = 8, Edition = edition }, [1], []);
        var kinds = new List<OriginKind>();
        for (var trial = 0; trial < 70; trial++)
        {
            var (proposal, next) = state.Propose(trial);
            kinds.Add(proposal!.Origin.Kind);
            state = next.Observe(new Observation(trial, proposal.Position, proposal.Origin,
                Grounds.Bowl(Grounds.Cube(3).At(proposal.Position.AsSpan())), 1));
        }

        Assert.Equal(opening, kinds.IndexOf(OriginKind.Model)); // the first edition leaves them to coarse_to_fine
    }

    [Fact]
    public void Propose_HandsOverToCoarseToFineAndSaysSo()
    {
        var game = new Game(new GpSampler { MostTrials = 15, Candidates = 8 }, Grounds.Cube(2), Grounds.Bowl).Play(60);
        Assert.Contains(game.Proposals.Take(15), proposal => proposal.Origin.Kind == OriginKind.Model);
        Assert.All(game.Proposals.Skip(15),
            proposal => Assert.StartsWith("gp models at most 15 outcomes", proposal.Origin.Note, StringComparison.Ordinal));
        Assert.Contains(game.Proposals.Skip(15), proposal => proposal.Origin.Kind == OriginKind.Hop);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(0)]
    [InlineData(-1.4999)]
    [InlineData(-1.5001)]
    [InlineData(-5)]
    public void ExpectedImprovement_MatchesItsIntegral(double z)
    {
        // h(z) is the integral of (z − t)·φ(t) up to z.
        var sum = 0.0;
        for (var i = 0; i < 400_000; i++)
        {
            var t = z - (i + 0.5) * 1e-4;
            sum += (z - t) * Math.Exp(-0.5 * t * t) / Math.Sqrt(2 * Math.PI) * 1e-4;
        }

        Assert.Equal(Math.Log(sum), ExpectedImprovement.At(z).LogH, 1e-6);
        Assert.Equal((ExpectedImprovement.At(z + 1e-6).LogH - ExpectedImprovement.At(z - 1e-6).LogH) / 2e-6,
            ExpectedImprovement.At(z).Slope, 1e-3);
    }
}

public sealed class TpeSamplerTests : SamplerContract
{
    protected override ISampler Sampler => new TpeSampler();

    [Fact]
    public void Tpe_BeatsRandomFourfoldOnABowl() => Beats.Random(Sampler, 4);
}

public sealed class CmaEsSamplerTests : SamplerContract
{
    protected override ISampler Sampler => new CmaEsSampler();

    [Fact]
    public void CmaEs_BeatsRandomFourfoldOnABowl() => Beats.Random(Sampler, 4);

    [Fact]
    public void Propose_ConvergesOnANarrowValley()
    {
        var game = new Game(Sampler, Grounds.Cube(3),
            point => point.Values.Select((x, d) => Math.Pow(10, 2 * d) * (x.Number - 0.4) * (x.Number - 0.4)).Sum()).Play(600);
        Assert.InRange(game.Best, 0, 1e-6);
    }
}

internal static class Beats
{
    public static void Random(ISampler sampler, double times)
    {
        static double Typical(ISampler sampler) =>
            Enumerable.Range(1, 12).Select(seed => new Game(sampler, Grounds.Cube(4), Grounds.Bowl, (ulong)seed).Play(100).Best)
                .Order().ElementAt(6);
        Assert.InRange(Typical(sampler), 0, Typical(new RandomSampler()) / times);
    }
}
