using System.Collections.Immutable;

namespace HyperSearch.Numerics;

/// <summary>A Sobol sequence with Owen's nested scrambling: evenly spread points, each uniform on the unit cube.</summary>
/// <remarks>
/// Direction numbers: Joe and Kuo, <see href="https://web.maths.unsw.edu.au/~fkuo/sobol/">Constructing Sobol sequences with better
/// two-dimensional projections</see>, SIAM J. Sci. Comput. 30 (2008), for the first 53 dimensions; dimensions beyond those are independent
/// uniform numbers (no net in them, but no correlation either). Scrambling: Owen, Randomly permuted (t,m,s)-nets and (t,s)-sequences
/// (1995): each of the 32 bits is flipped by a random function of the bits above it. Immutable and thread-safe.
/// </remarks>
internal sealed class SobolSequence
{
    /// <summary>How many dimensions have direction numbers.</summary>
    public const int MostDimensions = 53;

    private const int Bits = 32;

    /// <summary>Dimension 2 onwards: degree s, coefficients a and initial m₁ … m_s.</summary>
    private const string JoeKuo = """
        1 0 1|2 1 1 3|3 1 1 3 1|3 2 1 1 1|4 1 1 1 3 3|4 4 1 3 5 13|5 2 1 1 5 5 17|5 4 1 1 5 5 5|5 7 1 1 7 11 19|5 11 1 1 5 1 1|
        5 13 1 1 1 3 11|5 14 1 3 5 5 31|6 1 1 3 3 9 7 49|6 13 1 1 1 15 21 21|6 16 1 3 1 13 27 49|6 19 1 1 1 15 7 5|6 22 1 3 1 15 13 25|
        6 25 1 1 5 5 19 61|7 1 1 3 7 11 23 15 103|7 4 1 3 7 13 13 15 69|7 7 1 1 3 13 7 35 63|7 8 1 3 5 9 1 25 53|7 14 1 3 1 13 9 35 107|
        7 19 1 3 1 5 27 61 31|7 21 1 1 5 11 19 41 61|7 28 1 3 5 3 3 13 69|7 31 1 1 7 13 1 19 1|7 32 1 3 7 5 13 19 59|
        7 37 1 1 3 9 25 29 41|7 41 1 3 5 13 23 1 55|7 42 1 3 7 3 13 59 17|7 50 1 3 1 3 5 53 69|7 55 1 1 5 5 23 33 13|
        7 56 1 1 7 7 1 61 123|7 59 1 1 7 9 13 61 49|7 62 1 3 3 5 3 55 33|8 14 1 3 1 15 31 13 49 245|8 21 1 3 5 15 31 59 63 97|
        8 22 1 3 1 11 11 11 77 249|8 38 1 3 1 11 27 43 71 9|8 47 1 1 7 15 21 11 81 45|8 49 1 3 7 3 25 31 65 79|8 50 1 3 1 1 19 11 3 205|
        8 52 1 1 5 9 19 21 29 157|8 56 1 3 7 11 1 33 89 185|8 67 1 3 3 3 15 9 79 71|8 70 1 3 7 11 15 39 119 27|8 84 1 1 3 1 11 31 97 225|
        8 97 1 1 1 3 23 43 57 177|8 103 1 3 7 7 17 17 37 71|8 115 1 3 1 5 27 63 123 213|8 122 1 1 3 5 11 43 53 133
        """;

    private static readonly ImmutableArray<ImmutableArray<uint>> Directions = [VanDerCorput(), .. JoeKuo.Split('|').Select(Expand)];
    private readonly ulong[] _scrambles;

    /// <summary>The sequence of a seed.</summary>
    public SobolSequence(int dimensions, ulong seed)
    {
        var stream = RandomStream.For(seed, 0, "sobol");
        _scrambles = new ulong[dimensions];
        stream.Fill(_scrambles);
    }

    /// <summary>Point number <paramref name="index"/>, from 0; each coordinate lies strictly inside (0, 1).</summary>
    public void At(uint index, Span<double> point)
    {
        for (var d = 0; d < _scrambles.Length; d++)
        {
            point[d] = d < MostDimensions
                ? (Scramble(Unscrambled(d, index), _scrambles[d]) + 0.5) / (1UL << Bits)
                : RandomStream.For(_scrambles[d], index, "beyond sobol").NextDouble();
        }
    }

    /// <summary>The bits of coordinate <paramref name="dimension"/> of the unscrambled sequence, the first binary digit on top.</summary>
    internal static uint Unscrambled(int dimension, uint index)
    {
        var directions = Directions[dimension];
        var bits = 0u;
        for (var k = 0; index != 0; k++, index >>= 1)
        {
            if ((index & 1) != 0)
                bits ^= directions[k];
        }

        return bits;
    }

    private static uint Scramble(uint bits, ulong seed)
    {
        var flips = 0u;
        for (var bit = 0; bit < Bits; bit++)
        {
            // The bits above, with a leading one so that prefixes of different lengths differ.
            var state = seed ^ ((1UL << bit) | ((ulong)bits >> (Bits - bit)));
            flips = (flips << 1) | (uint)(RandomStream.SplitMix(ref state) >> 63);
        }

        return bits ^ flips;
    }

    private static ImmutableArray<uint> VanDerCorput() => [.. Enumerable.Range(0, Bits).Select(k => 1u << (Bits - 1 - k))];

    /// <summary>The recurrence m_k = 2a₁m_{k−1} ⊕ 2²a₂m_{k−2} ⊕ … ⊕ 2ˢm_{k−s} ⊕ m_{k−s}, shifted to the top.</summary>
    private static ImmutableArray<uint> Expand(string row)
    {
        var numbers = row.Split(' ', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(uint.Parse).ToArray();
        var (degree, coefficients) = ((int)numbers[0], numbers[1]);
        var v = new uint[Bits];
        for (var k = 0; k < Bits; k++)
        {
            if (k < degree)
            {
                v[k] = numbers[2 + k] << (Bits - 1 - k);
                continue;
            }

            v[k] = v[k - degree] ^ (v[k - degree] >> degree);
            for (var j = 1; j < degree; j++)
            {
                if (((coefficients >> (degree - 1 - j)) & 1) != 0)
                    v[k] ^= v[k - j];
            }
        }

        return [.. v];
    }
}
