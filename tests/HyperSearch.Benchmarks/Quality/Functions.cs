using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>A function with a known optimum; regret is what is left to it.</summary>
internal sealed class Function(Func<double[], double> law, double optimum, double noise) : Problem
{
    public override string Family => Name;

    /// <summary>The functions of the benchmark.</summary>
    public static IReadOnlyList<Problem> All { get; } =
    [
        Of("branin", [(-5, 10), (0, 15)], Branin, 0.39788735772973816),
        Of("hartmann6", [.. Enumerable.Repeat((0.0, 1.0), 6)], Hartmann, -3.322368011415515),
        new Function(x => Ackley([.. x.Select(value => Math.Log10(value / 0.003) * 3)]), 0, 0)
        {
            Name = "ackley5_log",
            Space = new Space(Enumerable.Range(0, 5).Select(d => new Parameter($"x{d}", new LogScale(1e-5, 1)))),
        },
        Of("rosenbrock5", [.. Enumerable.Repeat((-2.0, 2.0), 5)], Rosenbrock, 0),
        Of("branin_noisy", [(-5, 10), (0, 15)], Branin, 0.39788735772973816, noise: 2),
        Of("hartmann6_noisy", [.. Enumerable.Repeat((0.0, 1.0), 6)], Hartmann, -3.322368011415515, noise: 0.1),
        Of("sphere4", [.. Enumerable.Repeat((-0.5, 0.5), 4)], x => x.Sum(value => value * value), 0),
        Of("corner5", [.. Enumerable.Repeat((0.0, 1.0), 5)], x => Math.Sqrt(x.Select((value, d) => Math.Pow(value - d % 2, 2)).Sum()), 0),
        Of("far3", [.. Enumerable.Repeat((0.0, 1.0), 3)], Far, -1),
    ];

    public override double Regret(double value) => value - optimum;

    public override void Evaluate(IReadOnlyList<Request> requests)
    {
        foreach (var request in requests)
        {
            var value = law([.. request.Point.Values.Select(value => value.Number)]);
            var error = noise > 0 ? noise * RandomStream.For(request.Seed, 0, "noise").NextNormal() : 0;
            foreach (var epoch in request.Epochs)
                request.Set(epoch, value, value + error);
        }
    }

    private static Function Of(string name, (double Low, double High)[] ranges, Func<double[], double> law, double optimum,
        double noise = 0) => new(law, optimum, noise)
        {
            Name = name,
            Space = new Space(ranges.Select((range, d) => new Parameter($"x{d}", new UniformScale(range.Low, range.High)))),
        };

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
