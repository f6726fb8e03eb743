using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers;

/// <summary>The points of a space that were already proposed or observed, so that none is tried twice. Immutable.</summary>
internal sealed class Explored
{
    /// <summary>Writes a candidate; anything in [0, 1] will do, it is moved to the position that stands for its configuration.</summary>
    public delegate void Candidate(Span<double> position);

    private const int Tries = 64, UniformTries = 1000, LargestEnumerated = 1 << 20;
    private readonly ImmutableHashSet<ulong> _keys;

    private Explored(Space space, ImmutableHashSet<ulong> keys) => (Space, _keys) = (space, keys);

    /// <summary>The space.</summary>
    public Space Space { get; }

    /// <summary>How many points there are.</summary>
    public int Count => _keys.Count;

    /// <summary>Nothing explored yet but what is taken.</summary>
    public static Explored Before(SamplingProblem problem) => new(problem.Space, [.. problem.Taken.Select(position => KeyOf(position.AsSpan()))]);

    /// <summary>Adds a position, which must be one that stands for its configuration.</summary>
    public Explored With(ReadOnlySpan<double> position) => new(Space, _keys.Add(KeyOf(position)));

    /// <summary>Whether a position that stands for its configuration is among them.</summary>
    public bool Contains(ReadOnlySpan<double> position) => _keys.Contains(KeyOf(position));

    /// <summary>A new point from a candidate law; after 64 refusals from the whole space, and at last by going through a finite space.</summary>
    /// <returns>The position, whether the candidate law gave it; or a default array when every point is explored.</returns>
    public (ImmutableArray<double> Position, bool AsWanted) Draw(RandomStream random, Candidate candidate)
    {
        var position = new double[Space.Dimensions];
        var settled = new double[Space.Dimensions];
        for (var t = 0; t < Tries + UniformTries; t++)
        {
            if (t < Tries)
                candidate(position);
            else
                random.Fill(position);
            if (Accepts(position, settled))
                return ([.. settled], t < Tries);
        }

        return (Enumerate(random, position, settled), false);
    }

    /// <summary>Moves a candidate to the position that stands for its configuration.</summary>
    public void Settle(ReadOnlySpan<double> candidate, Span<double> settled)
    {
        Span<bool> active = stackalloc bool[Math.Min(Space.Dimensions, 256)];
        if (Space.Dimensions > 256)
            active = new bool[Space.Dimensions];
        Space.Settle(candidate, settled, active);
    }

    private bool Accepts(ReadOnlySpan<double> position, Span<double> settled)
    {
        Settle(position, settled);
        return !Contains(settled) && Space.Satisfies(position);
    }

    /// <summary>The position that stands for a candidate's configuration; <c>default</c> when it is explored or breaks a constraint.</summary>
    public ImmutableArray<double> Accept(ReadOnlySpan<double> candidate)
    {
        var settled = new double[Space.Dimensions];
        return Accepts(candidate, settled) ? [.. settled] : default;
    }

    /// <summary>Goes through a finite space from a random place.</summary>
    private ImmutableArray<double> Enumerate(RandomStream random, double[] position, double[] settled)
    {
        if (Space.Count is not (> 0 and <= LargestEnumerated and var count))
            return default;
        var start = random.NextInt((int)count);
        for (var k = 0; k < count; k++)
        {
            var rest = (start + k) % count;
            for (var d = 0; d < position.Length; d++)
            {
                var values = Space.Searched[d].Scale.Count!.Value;
                position[d] = (rest % values + 0.5) / values;
                rest /= values;
            }

            if (Accepts(position, settled))
                return [.. settled];
        }

        return default;
    }

    /// <summary>A hash of a position: different positions have different keys, but for one pair in 2⁶⁴.</summary>
    private static ulong KeyOf(ReadOnlySpan<double> position)
    {
        var key = 0x51_7C_C1_B7_27_22_0A_95UL;
        foreach (var u in position)
        {
            var state = key ^ BitConverter.DoubleToUInt64Bits(u + 0.0); // + 0.0: one zero only
            key = RandomStream.SplitMix(ref state);
        }

        return key;
    }
}
