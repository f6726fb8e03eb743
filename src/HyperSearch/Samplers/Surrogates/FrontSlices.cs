using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>
/// The region that no point of a front dominates, up to a reference point, in slices; by them the expected hypervolume improvement is
/// exact.
/// </summary>
/// <remarks>
/// <para>For two costs the volume that y adds is ∫ 1[y₁ ≤ t]·(h(t) − y₂)⁺ dt, h(t) the least second cost of the front where the first is
/// at most t, a step function. With independent normal beliefs about y₁ and y₂ and E_k(t) = E[(t − y_k)⁺], the step of height h over [a, b)
/// adds (E₁(b) − E₁(a))·E₂(h). For three costs the same over slices of the third: (E₃(b) − E₃(a)) times the sum for the points
/// below.</para>
/// <para>Emmerich, Deutz and Klinkenberg, Hypervolume-based expected improvement: Monotonicity properties and exact computation, CEC
/// (2011).</para>
/// </remarks>
internal sealed class FrontSlices
{
    private readonly double[][] _levels; // per cost: the values where steps begin and end, ascending; the last is the reference
    private readonly ImmutableArray<Step> _steps;
    private readonly ImmutableArray<(int From, int To, int First, int Count)> _slices; // over the third cost

    private FrontSlices(double[][] levels, ImmutableArray<Step> steps, ImmutableArray<(int, int, int, int)> slices) =>
        (_levels, _steps, _slices) = (levels, steps, slices);

    /// <summary>The slices of a front.</summary>
    /// <param name="front">Points of two or three costs, none beyond the reference.</param>
    /// <param name="reference">The worst that counts.</param>
    public static FrontSlices Of(IReadOnlyList<ImmutableArray<double>> front, double[] reference)
    {
        double[][] levels =
        [
            .. reference.Select((bound, k) => front.Select(point => point[k]).Where(value => value < bound).Append(bound)
                .Distinct().Order().ToArray()),
        ];
        var steps = ImmutableArray.CreateBuilder<Step>();
        var slices = ImmutableArray.CreateBuilder<(int, int, int, int)>();
        if (reference.Length == 2)
        {
            AddSteps(front, levels, steps);
            return new FrontSlices(levels, steps.ToImmutable(), [(-1, -1, 0, steps.Count)]);
        }

        for (var from = -1; from + 1 < levels[2].Length; from++)
        {
            var first = steps.Count;
            AddSteps([.. front.Where(point => from >= 0 && point[2] <= levels[2][from])], levels, steps);
            slices.Add((from, from + 1, first, steps.Count - first));
        }

        return new FrontSlices(levels, steps.ToImmutable(), slices.ToImmutable());
    }

    /// <summary>The expected improvement of the volume at a point with independent normal beliefs about its costs.</summary>
    public double Improvement(ReadOnlySpan<(double Mean, double Deviation)> beliefs)
    {
        var gains = new double[_levels.Length][];
        for (var k = 0; k < gains.Length; k++)
        {
            var (mean, deviation) = beliefs[k];
            gains[k] = Array.ConvertAll(_levels[k], level => Gain(level, mean, deviation));
        }

        var volume = 0.0;
        foreach (var (from, to, first, count) in _slices)
        {
            var area = 0.0;
            for (var i = first; i < first + count; i++)
            {
                var step = _steps[i];
                area += (gains[0][step.To] - (step.From < 0 ? 0 : gains[0][step.From])) * gains[1][step.Height];
            }

            volume += to < 0 ? area : (gains[2][to] - (from < 0 ? 0 : gains[2][from])) * area;
        }

        return volume;
    }

    /// <summary>E[(level − y)⁺].</summary>
    private static double Gain(double level, double mean, double deviation)
    {
        var z = (level - mean) / deviation;
        return deviation * PortableMath.Exp(ExpectedImprovement.At(z).LogH);
    }

    /// <summary>The steps of the first two costs under some points.</summary>
    private static void AddSteps(IReadOnlyList<ImmutableArray<double>> points, double[][] levels, ImmutableArray<Step>.Builder steps)
    {
        var (from, height) = (-1, levels[1].Length - 1);
        foreach (var point in points.OrderBy(point => point[0]).ThenBy(point => point[1]))
        {
            var (at, lower) = (Array.BinarySearch(levels[0], point[0]), Array.BinarySearch(levels[1], point[1]));
            if (at < 0 || lower < 0 || lower >= height)
                continue; // beyond the reference, or below another one's step
            if (at > from)
                steps.Add(new Step(from, at, height));
            (from, height) = (at, lower);
        }

        steps.Add(new Step(from, levels[0].Length - 1, height));
    }

    /// <summary>From one level of the first cost (−1: from minus infinity) to another the second cost may be at most that of a
    /// level.</summary>
    private readonly record struct Step(int From, int To, int Height);
}
