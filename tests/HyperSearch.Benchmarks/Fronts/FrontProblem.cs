using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Fronts;

/// <summary>A function of several costs whose front is known.</summary>
/// <remarks>
/// Zitzler, Deb and Thiele, Comparison of Multiobjective Evolutionary Algorithms: Empirical Results (2000), problems 1 to 3, in 10
/// variables; Deb, Thiele, Laumanns and Zitzler, Scalable Multi-Objective Optimization Test Problems (2002), DTLZ2, in 6 variables with two
/// and with three costs. Reference points as in BoTorch: 11 for ZDT, 1.1 for DTLZ2.
/// </remarks>
/// <param name="Name">Its name.</param>
/// <param name="Dimensions">How many variables, each from 0 to 1.</param>
/// <param name="Costs">How many costs.</param>
/// <param name="Bound">The reference point, the same for each cost.</param>
/// <param name="Of">The costs of a point.</param>
internal sealed record FrontProblem(string Name, int Dimensions, int Costs, double Bound, Func<double[], double[]> Of)
{
    private const int Fine = 20_000;

    public static ImmutableArray<FrontProblem> All { get; } =
    [
        new("zdt1", 10, 2, 11, x => Zdt(x, (f, g) => 1 - Math.Sqrt(f / g))),
        new("zdt2", 10, 2, 11, x => Zdt(x, (f, g) => 1 - f / g * (f / g))),
        new("zdt3", 10, 2, 11, x => Zdt(x, (f, g) => 1 - Math.Sqrt(f / g) - f / g * Math.Sin(10 * Math.PI * f))),
        new("dtlz2_2", 6, 2, 1.1, x => Dtlz2(x, 2)),
        new("dtlz2_3", 6, 3, 1.1, x => Dtlz2(x, 3)),
    ];

    public Space Space => new(Enumerable.Range(0, Dimensions).Select(d => new Parameter($"x{d}", new UniformScale(0, 1))));

    /// <summary>The volume that the true front dominates.</summary>
    public double Best => Name.StartsWith("zdt", StringComparison.Ordinal)
        ? VolumeOf(Enumerable.Range(0, Fine + 1).Select(i => Of([(double)i / Fine, .. new double[Dimensions - 1]])))
        : Costs == 2 ? Bound * Bound - Math.PI / 4 : Bound * Bound * Bound - Math.PI / 6;

    /// <summary>The volume that points dominate.</summary>
    public double VolumeOf(IEnumerable<double[]> costs)
    {
        ImmutableArray<double>[] points = [.. costs.Select(values => values.ToImmutableArray())];
        var fronts = Pareto.Fronts(points);
        return FrontVolume.Of(points.Where((_, i) => fronts[i] == 1), Enumerable.Repeat(Bound, Costs).ToArray());
    }

    private static double[] Zdt(double[] x, Func<double, double, double> h)
    {
        var g = 1 + 9 * x.Skip(1).Average();
        return [x[0], g * h(x[0], g)];
    }

    private static double[] Dtlz2(double[] x, int costs)
    {
        var g = x.Skip(costs - 1).Sum(value => (value - 0.5) * (value - 0.5));
        var f = new double[costs];
        for (var k = 0; k < costs; k++)
        {
            f[k] = 1 + g;
            for (var j = 0; j < costs - 1 - k; j++)
                f[k] *= Math.Cos(x[j] * Math.PI / 2);
            if (k > 0)
                f[k] *= Math.Sin(x[costs - 1 - k] * Math.PI / 2);
        }

        return f;
    }
}
