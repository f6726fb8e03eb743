using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>Coarse-to-fine moves, among which a model chooses.</summary>
internal static class ModelMoves
{
    private const double MoveShare = 0.4, LeastScale = 0.01, LargestScale = 0.4;

    /// <summary>Moves from a point: the scale is anywhere from 0.01 to 0.4 on a log scale, half of the steps are Cauchy's.</summary>
    /// <param name="space">The space.</param>
    /// <param name="candidate">Receives the point, one coordinate per searched parameter.</param>
    /// <param name="centre">The point to move from.</param>
    /// <param name="random">The trial's stream.</param>
    public static void Move(Space space, double[] candidate, ImmutableArray<double> centre, RandomStream random)
    {
        var scale = LeastScale * PortableMath.Pow(LargestScale / LeastScale, random.NextDouble());
        var heavy = random.Happens(0.5);
        var anyway = random.NextInt(candidate.Length);
        for (var d = 0; d < candidate.Length; d++)
        {
            candidate[d] = centre[d];
            if (d != anyway && !random.Happens(MoveShare))
                continue;
            candidate[d] = space.Searched[d].Scale.IsCategorical ? random.NextDouble()
                : Math.Clamp(centre[d] + scale * (heavy ? random.NextCauchy() : random.NextNormal()), 0, 1);
        }
    }
}
