using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>A function with a known optimum; regret is what is left to it.</summary>
internal sealed class Function(Func<Point, double> law, double optimum, double noise) : Problem
{
    public override string Family => Name;

    /// <summary>The functions of the benchmark.</summary>
    public static IReadOnlyList<Problem> All { get; } =
    [
        Of("branin", [(-5, 10), (0, 15)], Branin, 0.39788735772973816),
        Of("hartmann6", [.. Enumerable.Repeat((0.0, 1.0), 6)], Hartmann, -3.322368011415515),
        new Function(point => Ackley([.. Numbers(point).Select(value => Math.Log10(value / 0.003) * 3)]), 0, 0)
        {
            Name = "ackley5_log",
            Space = new Space(Enumerable.Range(0, 5).Select(d => new Parameter($"x{d}", new LogScale(1e-5, 1)))),
        },
        Of("rosenbrock5", [.. Enumerable.Repeat((-2.0, 2.0), 5)], Rosenbrock, 0),
        Of("branin_noisy", [(-5, 10), (0, 15)], Branin, 0.39788735772973816, noise: 2),
        Of("hartmann6_noisy", [.. Enumerable.Repeat((0.0, 1.0), 6)], Hartmann, -3.322368011415515, noise: 0.1),
        Of("sphere4", [.. Enumerable.Repeat((-0.5, 0.5), 4)], x => x.Sum(value => value * value), 0),
        Of("corner5", [.. Enumerable.Repeat((0.0, 1.0), 5)], x => Math.Sqrt(x.Select((value, d) => Math.Pow(value - d % 2, 2)).Sum()), 0),
        new Function(Booster, 0, 0)
        {
            Name = "booster",
            Space = new Space(
            [
                new Parameter("kind", new ChoiceScale("tree", "forest", "linear")),
                new Parameter("rounds", new LogIntScale(8, 1024)),
                new Parameter("l2", new LogScale(1e-4, 1e3)),
                new Parameter("rate", new LogScale(1e-4, 1)) { When = [new Condition("kind", ["tree", "forest"])] },
                new Parameter("depth", new IntScale(1, 15)) { When = [new Condition("kind", ["tree", "forest"])] },
                new Parameter("sample", new UniformScale(0.1, 1)) { When = [new Condition("kind", ["tree", "forest"])] },
                new Parameter("drop", new UniformScale(0, 1)) { When = [new Condition("kind", ["forest"])] },
            ]),
        },
        Of("far3", [.. Enumerable.Repeat((0.0, 1.0), 3)], Far, -1),
    ];

    public override double Regret(double value) => value - optimum;

    public override void Evaluate(IReadOnlyList<Request> requests)
    {
        foreach (var request in requests)
        {
            var value = law(request.Point);
            var error = noise > 0 ? noise * RandomStream.For(request.Seed, 0, "noise").NextNormal() : 0;
            foreach (var epoch in request.Epochs)
                request.Set(epoch, value, value + error);
        }
    }

    private static Function Of(string name, (double Low, double High)[] ranges, Func<double[], double> law, double optimum,
        double noise = 0) => new(point => law(Numbers(point)), optimum, noise)
        {
            Name = name,
            Space = new Space(ranges.Select((range, d) => new Parameter($"x{d}", new UniformScale(range.Low, range.High)))),
        };

    private static double[] Numbers(Point point) => [.. point.Values.Select(value => value.Number)];

    /// <summary>
    /// Like a tuned booster: the kinds differ in their best error, and in the parameters that they have; few rounds want a large rate.
    /// </summary>
    private static double Booster(Point point)
    {
        double Log(string name) => Math.Log10(point[name].Number);
        var shrinkage = 0.02 * Math.Pow(Log("l2") - 0.5, 2);
        if (point["kind"].ToString() == "linear")
            return 0.4 + shrinkage + 0.02 * Math.Pow(Log("rounds") - 2, 2);
        var balance = 0.3 * Math.Pow(Log("rate") + Log("rounds") - 1, 2) + 0.03 * Math.Pow(Log("rounds") - 2.5, 2);
        var shape = 0.01 * Math.Pow(point["depth"].Number - 6, 2) + 0.5 * Math.Pow(point["sample"].Number - 0.8, 2);
        return shrinkage + balance + shape
            + (point["kind"].ToString() == "tree" ? 0 : 0.05 + 0.5 * Math.Pow(point["drop"].Number - 0.1, 2));
    }

    private static double Branin(double[] x)
    {
        double a = x[1] - 5.1 / (4 * Math.PI * Math.PI) * x[0] * x[0] + 5 / Math.PI * x[0] - 6;
        return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x[0]) + 10;
    }

    private static double Hartmann(double[] x)
    {
        double[] alpha = [1, 1.2, 3, 3.2];
        double[][] a = [[10, 3, 17, 3.5, 1.7, 8], [0.05, 10, 17, 0.1, 8, 14], [3, 3.5, 1.7, 10, 17, 8], [17, 8, 0.05, 10, 0.1, 14]];
        double[][] p = [[0.1312, 0.1696, 0.5569, 0.0124, 0.8283, 0.5886], [0.2329, 0.4135, 0.8307, 0.3736, 0.1004, 0.9991],
            [0.2348, 0.1451, 0.3522, 0.2883, 0.3047, 0.6650], [0.4047, 0.8828, 0.8732, 0.5743, 0.1091, 0.0381]];
        return -Enumerable.Range(0, 4)
            .Sum(i => alpha[i] * Math.Exp(-Enumerable.Range(0, 6).Sum(j => a[i][j] * Math.Pow(x[j] - p[i][j], 2))));
    }

    private static double Ackley(double[] z) =>
        20 + Math.E - 20 * Math.Exp(-0.2 * Math.Sqrt(z.Average(value => value * value)))
            - Math.Exp(z.Average(value => Math.Cos(2 * Math.PI * value)));

    private static double Rosenbrock(double[] x) =>
        Enumerable.Range(0, x.Length - 1).Sum(i => 100 * Math.Pow(x[i + 1] - x[i] * x[i], 2) + Math.Pow(1 - x[i], 2));

    /// <summary>A broad basin around 0.25 that is worth 0.6, and a narrower one far away around 0.75 that is worth 1.</summary>
    private static double Far(double[] x)
    {
        double Basin(double centre, double width) => Math.Exp(-x.Sum(value => Math.Pow(value - centre, 2)) / (2 * width * width));
        return -Math.Max(0.6 * Basin(0.25, 0.35), Basin(0.75, 0.2));
    }
}
