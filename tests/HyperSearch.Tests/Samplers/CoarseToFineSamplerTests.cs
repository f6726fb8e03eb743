using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Samplers;

public sealed class CoarseToFineSamplerTests : SamplerContract
{
    protected override ISampler Sampler => new CoarseToFineSampler();

    [Fact]
    public void Propose_CostsTheSameLateAsEarly() => FlatCost.Holds(Sampler);

    [Fact]
    public void Propose_StartsGlobally() =>
        Assert.All(new Game(Sampler, Grounds.Cube(4), Grounds.Bowl, slots: 8).Play(8).Proposals,
            proposal => Assert.Equal(OriginKind.Global, proposal.Origin.Kind));

    [Fact]
    public void Propose_MixesItsRulesAsDocumented()
    {
        var kinds = new Game(new CoarseToFineSampler { Candidates = 1 }, Grounds.Cube(4), Grounds.Bowl).Play(4_008).Proposals.Skip(8)
            .CountBy(proposal => proposal.Origin.Kind).ToDictionary();
        Assert.InRange(kinds[OriginKind.Global], 160, 240);
        Assert.InRange(kinds[OriginKind.Hop], 2_940, 3_140);
        Assert.InRange(kinds[OriginKind.Box], 660, 860);
    }

    [Fact]
    public void Origin_ShowsWhereATrialCameFrom()
    {
        var game = new Game(new CoarseToFineSampler { Candidates = 1 }, Grounds.Cube(3), Grounds.Bowl).Play(150);
        for (var trial = 0; trial < game.Proposals.Count; trial++)
        {
            var (position, origin) = game.Proposals[trial];
            var ranked = Enumerable.Range(0, trial).OrderBy(earlier => game.Values[earlier]).ToList();
            if (origin.Kind == OriginKind.Hop)
            {
                Assert.Contains(Assert.Single(origin.Around), ranked.Take(2));
                Assert.Equal(0.3 * Math.Min(origin.Zoom!.Value / 2, 1), origin.Width);
            }
            else if (origin.Kind == OriginKind.Box)
            {
                Assert.Equal(ranked.Take(6), origin.Around);
                for (var d = 0; d < 3; d++)
                    Assert.InRange(position[d], origin.Low[d], origin.High[d]);
            }
        }

        Assert.Superset(
            new HashSet<OriginKind> { OriginKind.Global, OriginKind.Hop, OriginKind.Box },
            game.Proposals.Select(proposal => proposal.Origin.Kind).ToHashSet());
    }

    [Fact]
    public void Origin_NotesEveryChangeOfZoomWithItsEvidence()
    {
        var game = new Game(Sampler, Grounds.Cube(3), Grounds.Bowl).Play(200);
        foreach (var (before, after) in game.Proposals.Zip(game.Proposals.Skip(1)))
        {
            Assert.Equal(before.Origin.Zoom == after.Origin.Zoom, after.Origin.Change is null);
            Assert.Equal(after.Origin.Change is null, after.Origin.Evidence.IsEmpty);
            if (after.Origin.Change is not { } change)
                continue;
            Assert.Matches("^zoom .* to .*: (trial [0-9]+|8 hops in a row found nothing better than trial [0-9]+|below)", change);
            if (change.Contains(" is the new best", StringComparison.Ordinal))
                Assert.Contains(FormattableString.Invariant($"trial {after.Origin.Evidence[0]}"), change, StringComparison.Ordinal);
            else
                Assert.Equal((8, true),
                    (after.Origin.Evidence.Length,
                        after.Origin.Evidence.All(trial => game.Proposals[trial].Origin.Kind == OriginKind.Hop)));
        }

        Assert.Contains(game.Proposals, proposal => proposal.Origin.Zoom < 0.5);
    }

    [Fact]
    public void Origin_SaysWhatAModelExpectedOfIt()
    {
        var game = new Game(Sampler, Grounds.Cube(3), Grounds.Bowl).Play(100);
        Assert.All(game.Proposals.Take(8), proposal => Assert.Null(proposal.Origin.LogExpectedImprovement));
        Assert.All(game.Proposals.Skip(8), proposal => Assert.NotNull(proposal.Origin.LogExpectedImprovement));
    }

    /// <summary>A narrow peak in a corner of the space where the first points found a broad, lower one.</summary>
    [Fact]
    public void Propose_FindsAPeakFarFromTheFirstGoodRegion()
    {
        static double Basin(Point point, double centre, double width) =>
            Math.Exp(-point.Values.Sum(x => Math.Pow(x.Number - centre, 2)) / (2 * width * width));
        Assert.InRange(Enumerable.Range(1, 20).Count(seed =>
            new Game(Sampler, Grounds.Cube(3), point => -Math.Max(0.6 * Basin(point, 0.25, 0.35), Basin(point, 0.75, 0.2)), (ulong)seed)
                .Play(200).Best < -0.95), 18, 20);
    }

    [Fact]
    public void Propose_FindsTheCorner() =>
        Assert.InRange(Enumerable.Range(1,
            20).Count(seed => new Game(Sampler, Grounds.Cube(5), point => point.Values.Select((x, d) => Math.Abs(x.Number - d % 2)).Sum(),
                (ulong)seed).Play(200).Best < 0.01), 18, 20);

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1.1)]
    [InlineData(double.NaN)]
    public void GlobalShare_IsAShare(double share) =>
        Assert.StartsWith("global_share is a share, from 0 to 1.",
            Assert.Throws<ArgumentOutOfRangeException>(() => new CoarseToFineSampler { GlobalShare = share }).Message,
            StringComparison.Ordinal);

    [Fact]
    public void CoarseToFine_BeatsRandomFivefoldOnABowl()
    {
        static double Typical(ISampler sampler) =>
            Enumerable.Range(1, 20).Select(seed => new Game(sampler, Grounds.Cube(4), Grounds.Bowl, (ulong)seed).Play(100).Best)
                .Order().ElementAt(10);
        Assert.InRange(Typical(Sampler), 0, Typical(new RandomSampler()) / 5);
    }
}
