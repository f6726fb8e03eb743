using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;
using HyperSearch.Spaces;
using MathNet.Numerics.LinearAlgebra;

namespace HyperSearch.Tests.Samplers;

public sealed class IncrementalProcessTests
{
    private static readonly IncrementalProcess.Memory Memory = new(Most: 32, Best: 10, Latest: 12);

    private static readonly Space Ground =
        new([new Parameter("a", new UniformScale(0, 1)), new Parameter("b", new UniformScale(0, 1)),
            new Parameter("c", new ChoiceScale("x", "y"))]);

    /// <summary>
    /// Against the textbook's formulas, by a general inverse; the pending trials are told the means that are expected of them.
    /// </summary>
    [Theory]
    [InlineData(12, 0)]
    [InlineData(24, 7)]
    public void LogImprovement_IsThatOfTheExactProcess(int count, int pending)
    {
        var random = RandomStream.For(3, (ulong)count, "quick");
        ImmutableArray<double>[] positions = [.. Enumerable.Range(0, count + pending).Select(_ => Draw(random))];
        double[] values = [.. positions.Take(count).Select(x => Math.Sin(5 * x[0]) + x[1] * x[2])];
        var process = IncrementalProcess.Over(Ground, Memory);
        for (var i = 0; i < positions.Length; i++)
            process = i < count ? process.Learned(i, positions[i], values[i]) : process.With(i, positions[i]);

        var (standard, deviation) = Standardized.Of(values);
        var observed = Kernel(positions[..count], positions[..count]);
        var alpha = (observed + CreateNoise(count)).Inverse() * Vector<double>.Build.Dense(standard);
        var all = (Kernel(positions, positions) + CreateNoise(count + pending)).Inverse();
        var outlook = process.Look()!;
        for (var i = 0; i < 20; i++)
        {
            var x = Draw(random);
            var mean = (Kernel([x], positions[..count]) * alpha)[0];
            var k = Kernel([x], positions);
            var spread = Math.Sqrt(1 - (k * all * k.Transpose())[0, 0]);
            var expected = ExpectedImprovement.At((standard.Min() - mean) / spread).LogH + Math.Log(spread) + Math.Log(deviation);
            Assert.Equal(expected, outlook.LogImprovement(x.AsSpan()), 1e-6 * (1 + Math.Abs(expected)));
        }
    }

    [Fact]
    public void With_KeepsTheBestAndTheLatestOfManyTrials()
    {
        var random = RandomStream.For(4, 0, "many");
        ImmutableArray<double>[] positions = [.. Enumerable.Range(0, 500).Select(_ => Draw(random))];
        var process = IncrementalProcess.Over(Ground, Memory);
        for (var i = 0; i < positions.Length; i++)
            process = process.Learned(i, positions[i], i == 100 ? -5 : i % 7);
        Assert.InRange(process.Count, 22, 32);
        var held = Enumerable.Range(0, 2_000).Select(_ => process.Any(random).Trial).ToHashSet();
        Assert.Equal(process.Count, held.Count);
        Assert.Contains(100, held);
        Assert.Subset(held, Enumerable.Range(488, 12).ToHashSet());
    }

    [Fact]
    public void Look_SeesNothingWithoutAValue()
    {
        var process = IncrementalProcess.Over(Grounds.Cube(1), Memory).With(0, [0.5]);
        Assert.Null(process.Look());
        Assert.Null(process.Learned(0, [0.5], null).Look());
        Assert.NotNull(process.Learned(0, [0.5], 1).Look());
    }

    private static ImmutableArray<double> Draw(RandomStream random) =>
        [random.NextDouble(), random.NextDouble(), random.NextInt(2) == 0 ? 0.25 : 0.75];

    private static Matrix<double> CreateNoise(int n) => 1e-4 * Matrix<double>.Build.DenseIdentity(n);

    private static Matrix<double> Kernel(ImmutableArray<double>[] from,
        ImmutableArray<double>[] to) => Matrix<double>.Build.Dense(from.Length, to.Length, (i, j) =>
        {
            var square = Enumerable.Range(0, 3)
                .Sum(d => d == 2 ? from[i][d] == to[j][d] ? 0 : 1 : Math.Pow(from[i][d] - to[j][d], 2)) / (0.23 * 0.23 * 3);
            var r = Math.Sqrt(5 * square);
            return (1 + r + r * r / 3) * Math.Exp(-r);
        });
}
