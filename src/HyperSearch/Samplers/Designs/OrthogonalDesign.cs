using System.Collections.Immutable;
using System.Numerics;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Designs;

/// <summary>
/// A few points from which the influence of each parameter can be told apart: a Latin hypercube on an orthogonal array of strength two.
/// </summary>
/// <remarks>
/// <para>Each of n strata of each parameter holds one point, and where n is a power of two and there are fewer parameters than points, n/4
/// points lie in each of the four quarters that the halves of two parameters make. Sobol's first 8 points have no more than three
/// patterns of halves among their first seven dimensions, so that there some parameters are always high together. Of 64 such designs it
/// is the one whose coordinates are least correlated.</para>
/// <para>McKay, Beckman and Conover, A Comparison of Three Methods for Selecting Values of Input Variables, Technometrics (1979); Owen,
/// Orthogonal arrays for computer experiments, Statistica Sinica (1992); Tang, Orthogonal Array-Based Latin Hypercubes, Journal of the
/// American Statistical Association (1993).</para>
/// </remarks>
internal static class OrthogonalDesign
{
    private const int Drawn = 64;

    /// <summary>The design of a seed: <paramref name="count"/> points with <paramref name="dimensions"/> coordinates in [0, 1].</summary>
    public static ImmutableArray<ImmutableArray<double>> Of(int count, int dimensions, ulong seed)
    {
        var random = RandomStream.For(seed, 0, "orthogonal design");
        var halves = Halves(count);
        var (best, least) = (Draw(count, dimensions, halves, random), double.PositiveInfinity);
        for (var draw = 0; draw < Drawn; draw++)
        {
            var columns = Draw(count, dimensions, halves, random);
            var correlation = Correlation(columns);
            if (correlation < least)
                (best, least) = (columns, correlation);
        }

        return [.. Enumerable.Range(0, count).Select(i => ImmutableArray.CreateRange(best, column => column[i]))];
    }

    /// <summary>
    /// The columns of Sylvester's Hadamard matrix: row r is in the upper half where r shares an odd number of bits with the column's
    /// mask. Masks with an odd number of bits come first, because no effect of theirs is mistaken for one that two others have together.
    /// </summary>
    private static ImmutableArray<uint> Halves(int count) =>
    [
        .. Enumerable.Range(1, (int)BitOperations.RoundUpToPowerOf2((uint)count) - 1).Select(mask => (uint)mask)
            .OrderBy(mask => BitOperations.PopCount(mask) % 2 == 0),
    ];

    /// <summary>One design: an array for each dimension.</summary>
    private static ImmutableArray<double[]> Draw(int count, int dimensions, ImmutableArray<uint> halves, RandomStream random)
    {
        var columns = ImmutableArray.CreateBuilder<double[]>(dimensions);
        var order = new int[count];
        for (var d = 0; d < dimensions; d++)
        {
            // A dimension for which no column is left has any order: every point lies in the same half.
            var (mask, flipped) = (d < halves.Length ? halves[d] : 0, random.NextInt(2));
            for (var i = 0; i < count; i++)
                order[i] = i;
            random.Shuffle(order.AsSpan());
            var column = new double[count];
            var stratum = 0;
            foreach (var point in order.OrderBy(point => (BitOperations.PopCount(mask & (uint)point) + flipped) % 2))
                column[point] = (stratum++ + random.NextDouble()) / count;
            columns.Add(column);
        }

        return columns.MoveToImmutable();
    }

    /// <summary>The sum of the squared covariances of every two dimensions, but for a factor.</summary>
    private static double Correlation(ImmutableArray<double[]> columns)
    {
        var centred = columns.Select(column =>
        {
            var mean = column.Average();
            return Array.ConvertAll(column, value => value - mean);
        }).ToArray();
        var sum = 0.0;
        for (var d = 0; d < centred.Length; d++)
        {
            for (var e = 0; e < d; e++)
            {
                var product = 0.0;
                for (var i = 0; i < centred[d].Length; i++)
                    product += centred[d][i] * centred[e][i];
                sum += product * product;
            }
        }

        return sum;
    }
}
