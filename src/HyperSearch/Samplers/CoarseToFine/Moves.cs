using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.CoarseToFine;

/// <summary>The moves of coarse to fine on the unit cube, the zoom L that they depend on, and the origin that is recorded of
/// them.</summary>
/// <remarks><see cref="CoarseToFineSampler"/> documents the constants. They were chosen by the quality benchmark.</remarks>
internal static class Moves
{
    /// <summary>L at first, and the bounds between which it stays.</summary>
    public const double FirstZoom = 1.2, LargestZoom = 2, LeastZoom = 0.05;

    /// <summary>The factor of L after a hop that succeeded.</summary>
    public const double ZoomOut = 1.5;

    private const double StepLength = 0.3, MoveShare = 0.6, RedrawShare = 0.2, BoxMargin = 0.1, LeastMargin = 0.003;

    /// <summary>The scale of a hop's Cauchy steps at a zoom.</summary>
    public static double ScaleOf(double zoom) => StepLength * Math.Min(zoom / 2, 1);

    /// <summary>A heavy-tailed step from a point: each coordinate moves with probability 0.6, at least one.</summary>
    /// <param name="candidate">Receives the new point.</param>
    /// <param name="centre">The point.</param>
    /// <param name="zoom">L.</param>
    /// <param name="space">Which coordinates are categories.</param>
    /// <param name="random">The trial's stream.</param>
    public static void Hop(Span<double> candidate, ImmutableArray<double> centre, double zoom, Space space, RandomStream random)
    {
        var scale = ScaleOf(zoom);
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

    /// <summary>A uniform point of a box; a category is taken from one of the points.</summary>
    public static void InBox(
        Span<double> candidate, double[] low, double[] high, ReadOnlySpan<ImmutableArray<double>> points, Space space, RandomStream random)
    {
        for (var d = 0; d < candidate.Length; d++)
        {
            candidate[d] = space.Searched[d].Scale.IsCategorical
                ? points[random.NextInt(points.Length)][d]
                : low[d] + (high[d] - low[d]) * random.NextDouble();
        }
    }

    /// <summary>The record of a hop.</summary>
    public static Origin OriginOfHop(int centre, double zoom) => new(OriginKind.Hop) { Around = [centre], Width = ScaleOf(zoom) };

    /// <summary>The record of a point in a box.</summary>
    public static Origin OriginOfBox(IEnumerable<int> around, double[] low, double[] high) => new(OriginKind.Box)
    {
        Around = [.. around],
        Width = low.Zip(high, (l, h) => h - l).DefaultIfEmpty(0).Average(),
        Low = [.. low],
        High = [.. high],
    };

    /// <summary>The record of a point from anywhere, taken because a move gave only points that are taken.</summary>
    /// <param name="move">The move; a global one needs no excuse.</param>
    /// <param name="centre">The trial that a hop went from.</param>
    public static Origin OriginInsteadOf(OriginKind move, int? centre = null) => new(OriginKind.Global)
    {
        Note = move switch
        {
            OriginKind.Hop => $"every point near trial {centre} is taken",
            OriginKind.Box => "every point of the box is taken",
            _ => null,
        },
    };
}
