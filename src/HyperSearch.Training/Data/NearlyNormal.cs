using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Data;

/// <summary>Bell-shaped numbers where speed counts and the tails do not: noise of pixels, bends of pictures.</summary>
internal static class NearlyNormal
{
    /// <summary>
    /// Mean 0, variance 1, within ±3.47: the sum of four uniform numbers of 16 bits, scaled by √3 (P. Hall, Biometrika 19, 1927).
    /// </summary>
    /// <param name="word">64 random bits.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(ulong word)
    {
        var sum = (word & 0xFFFF) + ((word >> 16) & 0xFFFF) + ((word >> 32) & 0xFFFF) + (word >> 48);
        return ((sum / 65535.0) - 2) * 1.7320508075688772;
    }
}
