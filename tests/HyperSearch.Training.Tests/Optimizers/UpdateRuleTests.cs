using HyperSearch.Training.Graph;
using HyperSearch.Training.Kernels;
using HyperSearch.Training.Optimizers;

namespace HyperSearch.Training.Tests.Optimizers;

/// <summary>Three steps of each rule on one weight, against the equation worked step by step.</summary>
public sealed unsafe class UpdateRuleTests
{
    private static readonly double[] Gradients = [0.5, -1.25, 0.75];

    [Fact]
    public void GradientDescent_FollowsItsEquation() => Check(OptimizerKind.GradientDescent, (w, g, a, t, m) => w - a * g);

    [Fact]
    public void Momentum_AveragesWithOneMinusBeta() =>
        Check(OptimizerKind.Momentum, (w, g, a, t, m) => w - a * (m[0] = 0.9 * m[0] + 0.1 * g));

    [Fact]
    public void MomentumClassic_Accumulates() => Check(OptimizerKind.MomentumClassic, (w, g, a, t, m) => w - a * (m[0] = 0.9 * m[0] + g));

    [Fact]
    public void Nesterov_LooksOneStepAhead() =>
        Check(OptimizerKind.Nesterov, (w, g, a, t, m) => w - a * (g + 0.9 * (m[0] = 0.9 * m[0] + g)));

    [Fact]
    public void RmsProp_DividesByTheRootMeanSquare() =>
        Check(OptimizerKind.RmsProp, (w, g, a, t, m) => w - a * g / (Math.Sqrt(m[0] = 0.9 * m[0] + 0.1 * g * g) + 1e-8));

    [Fact]
    public void Adam_CorrectsBothBiases() => Check(OptimizerKind.Adam, Adam);

    [Fact]
    public void AdamW_ShrinksApartFromTheGradient() =>
        Check(OptimizerKind.AdamW, (w, g, a, t, m) => Adam(w * (1 - a * 0.3), g, a, t, m),
            new OptimizerSettings { Kind = OptimizerKind.AdamW, WeightDecay = 0.3 });

    [Fact]
    public void L2AndL1_AddTheirGradients() => Check(
        OptimizerKind.GradientDescent, (w, g, a, t, m) => w - a * (g + 0.4 * w + 0.25 * Math.Sign(w)),
        new OptimizerSettings { Kind = OptimizerKind.GradientDescent, L2 = 0.4, L1 = 0.25 });

    [Fact]
    public void ClipNorm_ScalesAllGradientsTogether() => Check(
        OptimizerKind.GradientDescent, (w, g, a, t, m) =>
            w - a * g * Math.Min(1, 0.6 / Math.Abs(g)), new OptimizerSettings { Kind = OptimizerKind.GradientDescent, ClipNorm = 0.6 });

    private static double Adam(double w, double g, double a, int t, double[] m)
    {
        m[0] = 0.9 * m[0] + 0.1 * g;
        m[1] = 0.999 * m[1] + 0.001 * g * g;
        return w - a * (m[0] / (1 - Math.Pow(0.9, t))) / (Math.Sqrt(m[1] / (1 - Math.Pow(0.999, t))) + 1e-8);
    }

    private static void Check(
        OptimizerKind kind, Func<double, double, double, int, double[], double> equation, OptimizerSettings? settings = null)
    {
        var columns = settings?.ClipNorm > 0 ? 1 : 35; // the global norm is that of one weight
        Check(columns: 1, rows: 1, settings ?? new OptimizerSettings { Kind = kind }, equation);
        Check(columns, rows: 20, settings ?? new OptimizerSettings { Kind = kind }, equation);
    }

    /// <summary>x = (1, 0, 0, …): the first row of the weights gets the gradient, few outputs and many through their own lane.</summary>
    private static void Check(
        int columns, int rows, OptimizerSettings settings, Func<double, double, double, int, double[], double> equation)
    {
        using var arena = new Arena();
        var lane = Lane.For(Precision.Bits64);
        var sink = lane.Make(new UpdatesRecipe(settings));
        var weight = new TrainedParameter("w", rows, columns, isWeight: true);
        weight.Values = lane.Take(arena, weight.Length);
        sink.Attach(weight, arena);
        double* x = arena.Take<double>(16 * 32), dz = arena.Take<double>(16 * 48);
        x[0] = 1;
        for (var j = 0; j < columns; j++)
            lane.Write(weight.Values, weight.At(0, j), 2);
        var expected = 2.0;
        var memory = new double[2];
        for (var t = 1; t <= Gradients.Length; t++)
        {
            var rate = 0.1 / t;
            new Span<double>(dz, columns).Fill(Gradients[t - 1]);
            sink.Begin(rate, t);
            sink.TakeProduct(weight, x, 32, dz, 48, rows: 1);
            sink.End([weight]);
            expected = equation(expected, Gradients[t - 1], rate, t, memory);
            for (var j = 0; j < columns; j++)
                Assert.Equal(expected, lane.Read(weight.Values, weight.At(0, j)), 12);
        }
        Assert.Equal(0, lane.Read(weight.Values, weight.At(rows - 1, columns - 1)) * (rows - 1));
    }
}
