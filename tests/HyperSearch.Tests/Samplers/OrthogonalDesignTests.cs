using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;

namespace HyperSearch.Tests.Samplers;

public sealed class OrthogonalDesignTests
{
    [Theory]
    [InlineData(2, 3)]
    [InlineData(8, 1)]
    [InlineData(8, 7)]
    [InlineData(8, 30)]
    [InlineData(11, 5)]
    [InlineData(64, 20)]
    public void Of_HasOnePointInEachStratumOfEachDimension(int count, int dimensions)
    {
        var design = OrthogonalDesign.Of(count, dimensions, 5);
        Assert.Equal(count, design.Length);
        Assert.All(design, point => Assert.Equal(dimensions, point.Length));
        for (var d = 0; d < dimensions; d++)
            Assert.Equal(Enumerable.Range(0, count), design.Select(point => (int)(point[d] * count)).Order());
    }

    [Theory]
    [InlineData(4, 3)]
    [InlineData(8, 7)]
    [InlineData(16, 15)]
    public void Of_HasAQuarterOfItsPointsInEachPairOfHalves(int count, int dimensions)
    {
        for (var seed = 0UL; seed < 20; seed++)
        {
            var design = OrthogonalDesign.Of(count, dimensions, seed);
            for (var d = 0; d < dimensions; d++)
            {
                for (var e = 0; e < d; e++)
                {
                    var quarters = design.CountBy(point => (point[d] < 0.5, point[e] < 0.5)).Select(quarter => quarter.Value);
                    Assert.Equal(Enumerable.Repeat(count / 4, 4), quarters);
                }
            }
        }
    }

    /// <summary>So that no effect of one of four parameters looks like one that two others have together (resolution IV).</summary>
    [Fact]
    public void Of_HalvesOfFourParametersInEightPointsAreBalancedThreeAtATime()
    {
        var design = OrthogonalDesign.Of(8, 4, 1);
        foreach (var left in Enumerable.Range(0, 4))
        {
            int[] three = [.. Enumerable.Range(0, 4).Where(d => d != left)];
            Assert.Equal(8, design.CountBy(point => (point[three[0]] < 0.5, point[three[1]] < 0.5, point[three[2]] < 0.5)).Count());
        }
    }

    [Fact]
    public void Of_IsUniformOverSeeds()
    {
        double[] first = [.. Enumerable.Range(0, 2000).Select(seed => OrthogonalDesign.Of(4, 2, (ulong)seed)[0][1]).Order()];
        var distance = first.Select((value, i) => Math.Abs(value - (i + 0.5) / first.Length)).Max();
        Assert.InRange(distance, 0, 1.95 / Math.Sqrt(first.Length)); // Kolmogorov and Smirnov, one in a thousand
    }

    [Fact]
    public void Of_IsTheSameForASeed()
    {
        Assert.Equal(Flat(OrthogonalDesign.Of(8, 7, 9)), Flat(OrthogonalDesign.Of(8, 7, 9)));
        Assert.NotEqual(Flat(OrthogonalDesign.Of(8, 7, 9)), Flat(OrthogonalDesign.Of(8, 7, 10)));

        static IEnumerable<double> Flat(ImmutableArray<ImmutableArray<double>> design) => design.SelectMany(point => point);
    }

    /// <summary>The reason for the design: among seven parameters some pair of halves is empty in Sobol's first eight points.</summary>
    [Fact]
    public void SobolsFirstPoints_LeaveQuartersEmpty()
    {
        var sobol = new SobolSequence(7, 1);
        var points = Enumerable.Range(0, 8).Select(i =>
        {
            var point = new double[7];
            sobol.At((uint)i, point);
            return point;
        }).ToList();
        Assert.Equal(2, points.Select(point => (point[2] < 0.5, point[3] < 0.5)).Distinct().Count());
    }

    [Theory]
    [InlineData(7, LawEdition.Newest, true)]
    [InlineData(7, LawEdition.Fourth, false)]
    [InlineData(3, LawEdition.Newest, false)]
    public void Gp_OpensWithIt(int dimensions, int edition, bool expected)
    {
        var problem = new SamplingProblem(Grounds.Cube(dimensions), 1, 100) { Slots = 8, Edition = edition };
        var state = SamplingState.Begin(new GpSampler(), problem, [1], []);
        var opening = new List<ImmutableArray<double>>();
        for (var trial = 0; trial < 8; trial++)
        {
            var (proposal, next) = state.Propose(trial);
            opening.Add(proposal!.Position);
            state = next;
        }

        var design = OrthogonalDesign.Of(8, dimensions, problem.Seed);
        Assert.Equal(expected, opening.Zip(design, (a, b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max()).Max() < 1e-12); // but for rounding
    }
}
