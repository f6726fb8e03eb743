using System.Collections.Immutable;
using CsCheck;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;

namespace HyperSearch.Tests.Samplers;

public sealed class FrontSlicesTests
{
    [Fact]
    public void Of_IsTheAreaUnderAStaircase()
    {
        ImmutableArray<double>[] front = [[1, 3], [2, 2], [4, 1], [5, 0.5]]; // the last one is beyond the reference
        Assert.Equal(1 * 1 + 2 * 2 + 1 * 3, FrontVolume.Of(front, [5, 4]), 12);
    }

    /// <summary>The volume is the share of points of a box that some point beats, as counted cell by cell.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Of_IsTheNumberOfCellsThatSomePointBeats(int costs) =>
        Gen.Int[0, 7].Select(value => (double)value).Array[costs].Array[0, 9].Sample(
            points =>
            {
                ImmutableArray<double>[] all = [.. points.Select(point => point.ToImmutableArray())];
                var cells = Enumerable.Range(0, (int)Math.Pow(6, costs)).Select(cell =>
                    Enumerable.Range(0, costs).Select(k => 0.5 + cell / (int)Math.Pow(6, k) % 6).ToArray());
                var beaten = cells.Count(cell => all.Any(point => point.Zip(cell).All(pair => pair.First < pair.Second)));
                Assert.Equal(beaten, FrontVolume.Of(all, Enumerable.Repeat(6.0, costs).ToArray()), 9);
            },
            iter: 200);

    /// <summary>The exact expectation against draws.</summary>
    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    public void Improvement_IsTheMeanGainOfTheVolume(int costs)
    {
        const int draws = 40_000;
        var random = RandomStream.For(5, 0, "front");
        ImmutableArray<double>[] points = [.. Enumerable.Range(0, 12).Select(_ => Enumerable.Range(0, costs)
            .Select(_ => random.NextDouble()).ToImmutableArray())];
        var fronts = Pareto.Fronts(points);
        ImmutableArray<double>[] front = [.. points.Where((_, i) => fronts[i] == 1)];
        double[] reference = [.. Enumerable.Repeat(1.0, costs)];
        var slices = FrontSlices.Of(front, reference);
        var before = FrontVolume.Of(front, reference);
        for (var place = 0; place < 4; place++)
        {
            (double Mean, double Deviation)[] beliefs =
                [.. Enumerable.Range(0, costs).Select(_ => (0.8 * random.NextDouble(), 0.1 + 0.3 * random.NextDouble()))];
            double sum = 0, squares = 0;
            for (var i = 0; i < draws; i++)
            {
                var drawn = beliefs.Select(belief => belief.Mean + belief.Deviation * random.NextNormal()).ToImmutableArray();
                var gain = FrontVolume.Of(front.Append(drawn), reference) - before;
                (sum, squares) = (sum + gain, squares + gain * gain);
            }

            var error = Math.Sqrt((squares / draws - sum / draws * (sum / draws)) / draws);
            Assert.InRange(slices.Improvement(beliefs), sum / draws - 5 * error, sum / draws + 5 * error);
        }
    }

    [Fact]
    public void Improvement_OfAFrontOfOnePointBeforeAnyOther_IsAllThatLiesBeyondIt()
    {
        var slices = FrontSlices.Of([[0.5, 0.5]], [1, 1]);
        Assert.Equal(0.75, slices.Improvement([(0, 1e-9), (0, 1e-9)]), 6);
        Assert.Equal(0, slices.Improvement([(0.6, 1e-9), (0.6, 1e-9)]), 6);
    }
}
