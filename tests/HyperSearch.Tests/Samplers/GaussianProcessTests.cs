using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;

namespace HyperSearch.Tests.Samplers;

public sealed class GaussianProcessTests
{
    private static readonly bool[] Categorical = [false, false, true];
    private static readonly ProcessPrior Warped = new(-0.4, true);

    /// <summary>log ℓ, log σ², log noise, log a and log b; those of the category play no part.</summary>
    private static readonly double[] Parameters = [-0.7, -0.2, 0.3, 0.4, -4, 0.3, -0.5, 0, -0.2, 0.6, 0];

    public static TheoryData<bool> Warps => [false, true];

    [Theory]
    [MemberData(nameof(Warps))]
    public void Loss_HasTheGradientOfFiniteDifferences(bool warps)
    {
        var (points, values) = Data(15);
        var prior = warps ? Warped : ProcessPrior.OfFirstEdition;
        var parameters = ParametersOf(warps);
        double[] gradient = new double[parameters.Length], scratch = new double[parameters.Length];
        GaussianProcess.Loss(points, values, Categorical, parameters, gradient, prior);
        for (var p = 0; p < parameters.Length; p++)
        {
            double At(double by) =>
                GaussianProcess.Loss(points, values, Categorical, [.. parameters.Select((x, i) => i == p ? x + by : x)], scratch, prior);
            Assert.Equal((At(1e-5) - At(-1e-5)) / 2e-5, gradient[p], 1e-5);
        }
    }

    [Theory]
    [InlineData(false, 0)]
    [InlineData(true, 0)]
    [InlineData(false, 4)]
    [InlineData(true, 4)]
    public void LogImprovement_HasTheGradientOfFiniteDifferences(bool warps, int fantasies)
    {
        var process = Process(warps, fantasies);
        double[] point = [0.41, 0.77, 0.25], gradient = new double[3];
        process.LogImprovement(point, gradient);
        for (var d = 0; d < 2; d++)
        {
            double At(double by) => process.LogImprovement([.. point.Select((x, i) => i == d ? x + by : x)], null);
            Assert.Equal((At(1e-6) - At(-1e-6)) / 2e-6, gradient[d], 1e-4 * (1 + Math.Abs(gradient[d])));
        }
    }

    [Fact]
    public void LogImprovement_OverFantasiesIsTheMeanOverOrdinaryProcesses()
    {
        // A process that has observed what one fantasy has drawn must agree with it.
        var (points, values) = Data(12);
        double[][] draws = [[0.5, -1.2], [-0.3, 2]];
        double[] parameters = ParametersOf(true), at = [0.2, 0.5, 0.75];
        var mixture = GaussianProcess.On(points, values[..10], Categorical, parameters, draws)!;
        var improvements = draws.Select(draw =>
        {
            var known = values[..10].ToList();
            foreach (var (z, pending) in draw.Zip(points[10..]))
            {
                var process = GaussianProcess.On([.. points[..known.Count]], [.. known], Categorical, parameters)!;
                var (mean, deviation) = process.At(pending);
                known.Add(mean + z * Math.Sqrt(deviation * deviation + Math.Exp(parameters[4]) + 1e-9));
            }

            return Math.Exp(GaussianProcess.On(points, [.. known], Categorical, parameters)!.LogImprovement(at, null));
        });
        Assert.Equal(Math.Log(improvements.Average()), mixture.LogImprovement(at, null), 1e-9);
    }

    [Fact]
    public void Fit_WarpsTheAxisOnWhichTheFunctionChangesAtOneEnd()
    {
        // log-like: all of the change lies in the lowest tenth, which the warp has to stretch.
        var random = RandomStream.For(9, 0, "data");
        double[][] points = [.. Enumerable.Range(0, 40).Select(_ => new[] { random.NextDouble(), random.NextDouble() })];
        var (values, _) = Standardized.Of([.. points.Select(x => Math.Log(x[0] + 0.005))]);
        var prior = new ProcessPrior(-0.4, true);
        bool[] categorical = [false, false];
        var fitted = Bfgs.Minimize(
            (x, gradient) => GaussianProcess.Loss(points, values, categorical, x, gradient, prior), prior.Start(2), -12, 5, 60).X;
        double Half(int d) => new KumaraswamyWarp(fitted[4 + d], fitted[6 + d]).At(0.1);
        Assert.True(Half(0) > 0.2, $"the lowest tenth takes {Half(0)} of the axis");
        Assert.InRange(Half(1), 0.05, 0.2);
    }

    private static double[] ParametersOf(bool warps) => warps ? Parameters : Parameters[..5];

    private static GaussianProcess Process(bool warps, int fantasies)
    {
        var (points, values) = Data(15);
        var random = RandomStream.For(2, 0, "draws");
        double[][] draws = [.. Enumerable.Range(0, fantasies).Select(_ => new[] { random.NextNormal(), random.NextNormal() })];
        return GaussianProcess.On(points, values[..13], Categorical, ParametersOf(warps), draws)!;
    }

    private static (double[][] Points, double[] Values) Data(int count)
    {
        var random = RandomStream.For(4, 0, "data");
        double[][] points =
            [.. Enumerable.Range(0, count).Select(i => new[] { random.NextDouble(), random.NextDouble(), i % 2 == 0 ? 0.25 : 0.75 })];
        return (points, [.. points.Select(x => Math.Sin(5 * x[0]) + x[1] * x[2])]);
    }
}

