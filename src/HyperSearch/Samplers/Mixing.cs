namespace HyperSearch.Samplers;

/// <summary>SplitMix64: a 64-bit hash good enough to key scrambles and sets of positions.</summary>
internal static class Mixing
{
    /// <summary>The next of a sequence of well-mixed words.</summary>
    public static ulong Next(ref ulong state)
    {
        var z = state += 0x9E3779B97F4A7C15;
        z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
        z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
        return z ^ (z >> 31);
    }

    /// <summary>A key of a position: different positions have different keys, but for one in 2⁶⁴.</summary>
    public static ulong Key(ReadOnlySpan<double> position)
    {
        var key = 0x51_7C_C1_B7_27_22_0A_95UL;
        foreach (var u in position)
        {
            var state = key ^ BitConverter.DoubleToUInt64Bits(u + 0.0); // + 0.0: one zero only
            key = Next(ref state);
        }

        return key;
    }
}
