using HyperSearch.Numerics;
using HyperSearch.Tests.Spaces;

namespace HyperSearch.Tests.Samplers;

public sealed class SobolSequenceTests
{
    /// <summary>
    /// The first points of the plain sequence as Joe and Kuo's own program prints them (in direct order, their point 3 and 2 exchanged).
    /// </summary>
    [Fact]
    public void Unscrambled_StartsAsPublished()
    {
        double[][] expected = [[0, 0, 0], [0.5, 0.5, 0.5], [0.25, 0.75, 0.75], [0.75, 0.25, 0.25], [0.125, 0.625, 0.375],
            [0.625, 0.125, 0.875]];
        for (var i = 0u; i < expected.Length; i++)
            Assert.Equal(expected[i], Enumerable.Range(0, 3).Select(d => SobolSequence.Unscrambled(d, i) / 4294967296.0));
    }

    /// <summary>
    /// Any 2^k points from a multiple of 2^k fill each of 2^k equal intervals once, in every dimension: a net, which scrambling keeps.
    /// </summary>
    [Fact]
    public void At_FillsEachIntervalOnceInEveryDimension()
    {
        const int Dimensions = SobolSequence.MostDimensions;
        var sequence = new SobolSequence(Dimensions, 3);
        var point = new double[Dimensions];
        foreach (var (start, count) in new[] { (0u, 64), (64u, 64), (256u, 256) })
        {
            var hit = new bool[Dimensions, count];
            for (var i = 0u; i < count; i++)
            {
                sequence.At(start + i, point);
                for (var d = 0; d < Dimensions; d++)
                {
                    var cell = (int)(point[d] * count);
                    Assert.False(hit[d, cell]);
                    hit[d, cell] = true;
                }
            }
        }
    }

    /// <summary>In the first two dimensions 4^k points fill each square of a 2^k by 2^k grid once.</summary>
    [Fact]
    public void At_FillsEachSquareOnceInTheFirstTwoDimensions()
    {
        var sequence = new SobolSequence(2, 9);
        var point = new double[2];
        var squares = new HashSet<(int, int)>();
        for (var i = 0u; i < 256; i++)
        {
            sequence.At(i, point);
            Assert.True(squares.Add(((int)(16 * point[0]), (int)(16 * point[1]))));
        }
    }

    [Fact]
    public void At_IsUniformOverSeeds()
    {
        var (point, seed) = (new double[3], 0UL);
        Assert.True(Uniformity.Passes(20, 10_000, () =>
        {
            new SobolSequence(3, seed++).At(5, point);
            return (int)(20 * point[2]);
        }));
    }

    [Fact]
    public void At_GoesOnBeyondItsDirectionNumbers()
    {
        var point = new double[60];
        new SobolSequence(60, 1).At(7, point);
        Assert.Equal(60, point.Distinct().Count());
        Assert.All(point, u => Assert.InRange(u, 0, 1));
    }
}
