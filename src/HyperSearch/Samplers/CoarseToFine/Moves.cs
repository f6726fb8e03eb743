using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.CoarseToFine;

/// <summary>The two moves of coarse to fine, on the unit cube.</summary>
internal static class Moves
{
    private const double MoveShare = 0.6, RedrawShare = 0.2, BoxMargin = 0.1, LeastMargin = 0.003;

    /// <summary>A heavy-tailed step from a point: each coordinate moves with probability 0.6, at least one.</summary>
    /// <param name="candidate">Where the new point goes.</param>
    /// <param name="centre">The point.</param>
    /// <param name="scale">The Cauchy's.</param>
    /// <param name="zoom">L, on which redrawing a category depends.</param>
    /// <param name="space">Which coordinates are categories.</param>
    /// <param name="random">The trial's stream.</param>
    public static void Hop(Span<double> candidate, ImmutableArray<double> centre, double scale, double zoom, Space space, RandomStream random)
    {
        var anyway = random.NextInt(Math.Max(1, candidate.Length));
        var moved = false;
        for (var d = 0; d < candidate.Length; d++)
        {
            candidate[d] = centre[d];
            if (random.Happens(MoveShare))
                (candidate[d], moved) = (Moved(d), true);
        }

        if (!moved && candidate.Length > 0)
            candidate[anyway] = Moved(anyway);

        double Moved(int d) => !space.Searched[d].Scale.IsCategorical ? Math.Clamp(centre[d] + scale * random.NextCauchy(), 0, 1)
            : random.Happens(RedrawShare * Math.Min(1, 2 * zoom)) ? random.NextDouble() : centre[d];
    }

    /// <summary>The box that points span, a little wider; a category may be any.</summary>
    public static (double[] Low, double[] High) Box(ReadOnlySpan<ImmutableArray<double>> points, Space space)
    {
        double[] low = new double[space.Dimensions], high = new double[space.Dimensions];
        for (var d = 0; d < low.Length; d++)
        {
            (low[d], high[d]) = (1, 0);
            foreach (var point in points)
                (low[d], high[d]) = (Math.Min(low[d], point[d]), Math.Max(high[d], point[d]));
            var margin = space.Searched[d].Scale.IsCategorical ? 1 : BoxMargin * (high[d] - low[d]) + LeastMargin;
            (low[d], high[d]) = (Math.Max(0, low[d] - margin), Math.Min(1, high[d] + margin));
        }

        return (low, high);
    }

    /// <summary>A uniform point of a box; a category is that of one of the points.</summary>
    public static void InBox(Span<double> candidate, double[] low, double[] high, ReadOnlySpan<ImmutableArray<double>> points, Space space, RandomStream random)
    {
        for (var d = 0; d < candidate.Length; d++)
        {
            candidate[d] = space.Searched[d].Scale.IsCategorical
                ? points[random.NextInt(points.Length)][d]
                : low[d] + (high[d] - low[d]) * random.NextDouble();
        }
    }
}
