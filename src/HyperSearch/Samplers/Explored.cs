using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers;

/// <summary>
/// Writes a candidate: any coordinates in [0, 1] will do, they are moved to the position that stands for their configuration.
/// </summary>
/// <param name="position">One coordinate per searched parameter, to be overwritten.</param>
public delegate void Candidate(Span<double> position);

/// <summary>The points of a space that ran, run or will run, so that none is tried twice. Immutable.</summary>
public sealed class Explored
{
    private const int Tries = 64, UniformTries = 1000, LargestEnumerated = 1 << 20;
    private readonly ImmutableHashSet<ulong> _keys;

    private Explored(Space space, ImmutableHashSet<ulong> keys) => (Space, _keys) = (space, keys);

    /// <summary>The space.</summary>
    public Space Space { get; }

    /// <summary>How many points there are.</summary>
    public int Count => _keys.Count;

    /// <summary>The points before the first trial of a search.</summary>
    /// <param name="space">The space to search.</param>
    /// <param name="taken">The positions that run whatever is proposed, each one that stands for its configuration.</param>
    public static Explored Before(Space space, IEnumerable<ImmutableArray<double>> taken)
    {
        ArgumentNullException.ThrowIfNull(space);
        ArgumentNullException.ThrowIfNull(taken);
        return new(space, [.. taken.Select(position => KeyOf(position.AsSpan()))]);
    }

    /// <summary>The points and one more.</summary>
    /// <param name="position">A position that stands for its configuration.</param>
    public Explored With(ReadOnlySpan<double> position) => new(Space, _keys.Add(KeyOf(position)));

    /// <summary>Whether a point is among them.</summary>
    /// <param name="position">A position that stands for its configuration.</param>
    public bool Contains(ReadOnlySpan<double> position) => _keys.Contains(KeyOf(position));

    /// <summary>Draws a new point that satisfies the constraints of the space.</summary>
    /// <remarks>
    /// After 64 candidates that were refused the point comes from anywhere, and at last, in a finite space, from going through all points.
    /// </remarks>
    /// <param name="random">The trial's stream.</param>
    /// <param name="candidate">The law, asked until a candidate is accepted.</param>
    /// <returns>The position, or a default array when every point is explored; and whether the law gave it.</returns>
    public (ImmutableArray<double> Position, bool AsWanted) Draw(RandomStream random, Candidate candidate)
    {
        ArgumentNullException.ThrowIfNull(random);
        ArgumentNullException.ThrowIfNull(candidate);
        var position = new double[Space.Dimensions];
        var settled = new double[Space.Dimensions];
        for (var t = 0; t < Tries + UniformTries; t++)
        {
            if (t < Tries)
                candidate(position);
            else
                random.Fill(position.AsSpan());
            if (Accepts(position, settled))
                return ([.. settled], t < Tries);
        }

        return (Enumerate(random, position, settled), false);
    }

    /// <summary>Moves a candidate to the position that stands for its configuration.</summary>
    /// <param name="candidate">One coordinate in [0, 1] per searched parameter.</param>
    /// <param name="settled">Receives the position, as long as the candidate.</param>
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

    /// <summary>
    /// The position that stands for a candidate's configuration; a default array when it is explored or breaks a constraint.
    /// </summary>
    /// <param name="candidate">One coordinate in [0, 1] per searched parameter.</param>
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
