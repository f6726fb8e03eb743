using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;

namespace HyperSearch.Tests.Samplers;

public sealed class GaussianProcessTests
{
    private static readonly bool[] Categorical = [false, false, true];

    /// <summary>log ℓ, log σ², log noise, log a and log b, and log λ; the warps of the category play no part.</summary>
    private static readonly double[] Parameters = [-0.7, -0.2, 0.3, 0.4, -4, 0.3, -0.5, 0, -0.2, 0.6, 0, -1.2];

    public static MatrixTheoryData<bool, bool> Kinds => new([false, true], [false, true]);

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Loss_HasTheGradientOfFiniteDifferences(bool warps, bool hasTrend)
    {
        var (points, values) = Data(15);
        var prior = new ProcessPrior(-0.4, warps, hasTrend);
        var parameters = ParametersOf(warps, hasTrend);
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
    [InlineData(false, false, 0)]
    [InlineData(true, false, 0)]
    [InlineData(true, true, 0)]
    [InlineData(false, false, 4)]
    [InlineData(true, false, 4)]
    [InlineData(false, true, 4)]
    public void LogImprovement_HasTheGradientOfFiniteDifferences(bool warps, bool hasTrend, int fantasies) =>
        AssertGradient(Process(warps, hasTrend, fantasies).LogImprovement);

    [Fact]
    public void LogImprovement_OfAMixtureIsTheMeanOverModels()
    {
        GaussianProcess first = Process(false, false, 4), second = Process(true, true, 4);
        var mixture = new ProcessMixture([(first, 0), (second, -1)]);
        double[] at = [0.2, 0.5, 0.75];
        var mean = Math.Exp(first.LogImprovement(at, null)) + Math.Exp(-1 + second.LogImprovement(at, null));
        Assert.Equal(Math.Log(mean), mixture.LogImprovement(at, null), 1e-12);
        AssertGradient(mixture.LogImprovement);
    }

    [Fact]
    public void Trend_GoesOnWhereNothingIsKnown()
    {
        // A slope seen in the middle of an axis: without a trend the model falls back to the mean at its end.
        double[][] points = [.. Enumerable.Range(0, 9).Select(i => new[] { 0.4 + 0.02 * i })];
        var (values, _) = Standardized.Of([.. points.Select(x => x[0])]);
        double At(params double[] parameters) => GaussianProcess.On(points, values, [false], parameters)!.At([1]).Mean;
        double plain = At(-2, 0, -7), trend = At(-2, 0, -7, 1);
        Assert.True(trend > plain + 1, $"{trend} with a trend, {plain} without");
    }

    private static void AssertGradient(Func<double[], double[]?, double> improvement)
    {
        double[] point = [0.41, 0.77, 0.25], gradient = new double[3];
        improvement(point, gradient);
        for (var d = 0; d < 2; d++)
        {
            double At(double by) => improvement([.. point.Select((x, i) => i == d ? x + by : x)], null);
            Assert.Equal((At(1e-6) - At(-1e-6)) / 2e-6, gradient[d], 1e-4 * (1 + Math.Abs(gradient[d])));
        }
    }

    [Fact]
    public void LogImprovement_OverFantasiesIsTheMeanOverOrdinaryProcesses()
    {
        // A process that has observed what one fantasy has drawn must agree with it.
        var (points, values) = Data(12);
        double[][] draws = [[0.5, -1.2], [-0.3, 2]];
        double[] parameters = ParametersOf(true, false), at = [0.2, 0.5, 0.75];
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

    private static double[] ParametersOf(bool warps, bool hasTrend) =>
        [.. Parameters[..5], .. warps ? Parameters[5..11] : [], .. hasTrend ? Parameters[11..] : []];

    private static GaussianProcess Process(bool warps, bool hasTrend, int fantasies)
    {
        var (points, values) = Data(15);
        var random = RandomStream.For(2, 0, "draws");
        double[][] draws = [.. Enumerable.Range(0, fantasies).Select(_ => new[] { random.NextNormal(), random.NextNormal() })];
        return GaussianProcess.On(points, values[..13], Categorical, ParametersOf(warps, hasTrend), draws)!;
    }

    private static (double[][] Points, double[] Values) Data(int count)
    {
        var random = RandomStream.For(4, 0, "data");
        double[][] points =
            [.. Enumerable.Range(0, count).Select(i => new[] { random.NextDouble(), random.NextDouble(), i % 2 == 0 ? 0.25 : 0.75 })];
        return (points, [.. points.Select(x => Math.Sin(5 * x[0]) + x[1] * x[2])]);
    }
}

