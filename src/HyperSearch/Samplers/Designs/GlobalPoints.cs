using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Designs;

/// <summary>
/// The points that a search takes from the whole space, in order: those of a design, if it has one, then a Sobol sequence, then uniform
/// ones.
/// </summary>
/// <param name="sobol">The sequence.</param>
/// <param name="design">The points that stand for the sequence's first; empty for none.</param>
internal sealed class GlobalPoints(SobolSequence sobol, ImmutableArray<ImmutableArray<double>> design)
{
    /// <summary>How many points are not uniform.</summary>
    public const int Spread = 64;

    /// <summary>Points without a design.</summary>
    /// <param name="dimensions">How many coordinates a point has.</param>
    /// <param name="seed">The campaign's seed.</param>
    public static GlobalPoints Sobol(int dimensions, ulong seed) => new(new SobolSequence(dimensions, seed), []);

    /// <summary>Points after an <see cref="OrthogonalDesign"/>.</summary>
    /// <param name="count">How many points the design has.</param>
    /// <param name="dimensions">How many coordinates a point has.</param>
    /// <param name="seed">The campaign's seed.</param>
    public static GlobalPoints After(int count, int dimensions, ulong seed) =>
        new(new SobolSequence(dimensions, seed), OrthogonalDesign.Of(count, dimensions, seed));

    /// <summary>The point of a number, from 0.</summary>
    /// <param name="index">The number.</param>
    /// <param name="candidate">Receives the point.</param>
    /// <param name="random">The trial's stream, for uniform points.</param>
    public void At(int index, Span<double> candidate, RandomStream random)
    {
        if (index < design.Length)
            design[index].CopyTo(candidate);
        else if (index < Spread)
            sobol.At((uint)index, candidate);
        else
            random.Fill(candidate);
    }
}
