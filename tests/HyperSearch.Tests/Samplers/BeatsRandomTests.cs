using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Samplers;

/// <summary>
/// The quality benchmark in small: what is left to the optimum after 40 trials, against random search, over three problems and eight seeds.
/// </summary>
public sealed class BeatsRandomTests
{
    private const int Trials = 40, Seeds = 8;

    /// <summary>
    /// At most this share of what random search leaves, as a geometric mean. A grid is known to be worse (Bergstra and Bengio, JMLR 13,
    /// 2012), Sobol points to be as good.
    /// </summary>
    private static readonly Dictionary<string, double> Margins = new()
    {
        ["random"] = 1,
        ["grid"] = 3,
        ["sobol"] = 1.15,
        ["cma_es"] = 0.7,
        ["tpe"] = 0.6,
        ["coarse_to_fine"] = 0.7,
        ["gp"] = 0.15,
        ["multi_fidelity_gp"] = 0.15,
        ["auto"] = 0.15,
    };

    private static readonly (Space Space, Func<Point, double?> Function)[] Problems =
    [
        (Grounds.Cube(4), Grounds.Bowl),
        (Grounds.Mixed, Grounds.Tuned),
        (Grounds.Cube(2), point => Branin(15 * point["x0"].Number - 5, 15 * point["x1"].Number)),
    ];

    public static TheoryData<string> Samplers => [.. Registered.Of<ISampler>().Keys];

    [Theory]
    [MemberData(nameof(Samplers))]
    public void EverySampler_BeatsRandomByItsMargin(string sampler)
    {
        Assert.True(Margins.ContainsKey(sampler), $"State here by how much {sampler} beats random search.");
        Assert.InRange(Left(Registered.Of<ISampler>()[sampler]) / Left(new RandomSampler()), 0, Margins[sampler]);
    }

    private static double Left(ISampler sampler) => Math.Exp(Problems.SelectMany(problem => Enumerable.Range(1, Seeds).Select(seed =>
        Math.Log(1e-9 + new Game(sampler, problem.Space, problem.Function, (ulong)seed).Play(Trials).Best))).Average());

    /// <summary>Its least value is 0.397887.</summary>
    private static double Branin(double x, double y)
    {
        var a = y - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
        return a * a + 10 * (1 - 1 / (8 * Math.PI)) * Math.Cos(x) + 10 - 0.397887;
    }
}
