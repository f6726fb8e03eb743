using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Earlier;
using HyperSearch.Samplers.Gp;
using HyperSearch.Spaces;
using HyperSearch.Tests.Planning;

namespace HyperSearch.Tests.Samplers;

/// <summary>Samplers with the outcomes of earlier campaigns behind them.</summary>
public sealed class EarlierStateTests
{
    private const int Dimensions = 4, Seeds = 6;

    private static readonly Space Cube = Grounds.Cube(Dimensions);

    [Fact]
    public void Weights_GoToTheModelThatRanksAndNotToOneThatRanksTheOtherWayRound()
    {
        double[] values = [.. Enumerable.Range(0, 10).Select(i => (double)i)];
        double[] own = [.. values.Select((value, i) => i % 3 == 0 ? 4.5 : value)];
        var weights = EarlierState.Weights(
            [own, values, [.. values.Select(value => -value)]], values, RandomStream.For(1, 0, "weights"));
        Assert.True(weights[1] > 0.8, string.Join(' ', weights));
        Assert.Equal(0, weights[2]);
        Assert.Equal(1, weights.Sum(), 12);
    }

    [Theory]
    [InlineData(typeof(GpSampler))]
    [InlineData(typeof(CoarseToFineSampler))]
    public void EarlierCampaigns_HelpWhereTheyRankAlikeAndCostLittleWhereTheyRankTheOtherWayRound(Type sampler)
    {
        var alone = Means(sampler, _ => null);
        var helped = Means(sampler, seed => Earlier(seed, sign: 1));
        var misled = Means(sampler, seed => Earlier(seed, sign: -1));
        Assert.True(helped[0] < 0.7 * alone[0], $"after 15 trials {helped[0]:g3} with earlier campaigns, {alone[0]:g3} alone");
        var typical = Means(typeof(RandomSampler), _ => null)[0];
        Assert.True(misled[1] <= alone[1] + 0.1 * typical,
            $"after 30 trials {misled[1]:g3} misled, {alone[1]:g3} alone, {typical:g3} at random");
    }

    [Fact]
    public void Campaign_HasOneRankingForAnyOrderOfArrivalAndSaysWhoHelped()
    {
        var search = PlannerRun.Search(new CoarseToFineSampler(), 30) with { Space = Cube, Earlier = Earlier(1, 1), Slots = 4 };
        var straight = PlannerRun.Outcomes(search, value: Bowl);
        var random = RandomStream.For(3, 0, "arrivals");
        Assert.Equal(straight, PlannerRun.Outcomes(search, random.NextInt, value: Bowl, earlier: straight.Take(13)));
        const string told = "earlier campaigns that rank what was seen here helped to choose it: a (";
        Assert.Contains(straight, outcome => outcome.Origin.Note?.StartsWith(told, StringComparison.Ordinal) == true);
    }

    [Fact]
    public void Campaign_WithAJournalThatKnowsNoOutcomes_DecidesAsBefore()
    {
        var search = PlannerRun.Search(new CoarseToFineSampler(), 30) with { Space = Cube };
        var older = search with { Earlier = new EarlierTrials("a", [], []) { Outcomes = default } };
        Assert.Equal(PlannerRun.Outcomes(search, value: Bowl), PlannerRun.Outcomes(older, value: Bowl));
    }

    /// <summary>The mean over seeds of the best value after 15 and after 30 trials.</summary>
    private static double[] Means(Type sampler, Func<ulong, EarlierTrials?> earlier)
    {
        var bests = Enumerable.Range(1, Seeds).Select(seed =>
        {
            var search = PlannerRun.Search((ISampler)Activator.CreateInstance(sampler)!, 30, slots: 1, seed: (ulong)seed) with
            {
                Space = Cube,
                Earlier = earlier((ulong)seed),
            };
            var values = PlannerRun.Outcomes(search, value: Bowl).Select(outcome => outcome.Value!.Value).ToList();
            return (Early: values.Take(15).Min(), Late: values.Min());
        }).ToList();
        return [bests.Average(best => best.Early), bests.Average(best => best.Late)];
    }

    /// <summary>A campaign of 40 random points on the bowl, or on the bowl turned over.</summary>
    private static EarlierTrials Earlier(ulong seed, int sign)
    {
        var random = RandomStream.For(seed, 0, "earlier");
        var rows = Enumerable.Range(0, 40).Select(_ =>
        {
            var position = Enumerable.Range(0, Dimensions).Select(_ => random.NextDouble()).ToImmutableArray();
            return new EarlierOutcome(Cube.Snap(position.AsSpan()), sign * Bowl(Cube.At(position.AsSpan())));
        });
        return new EarlierTrials("a", [], []) { Outcomes = [new EarlierOutcomes("a", [.. rows])] };
    }

    private static double Bowl(Point point) => point.Values.Select((x, d) => Math.Pow(x.Number - 0.2 - 0.15 * d, 2)).Sum();
}
