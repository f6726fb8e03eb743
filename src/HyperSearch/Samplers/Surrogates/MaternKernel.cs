using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>
/// The Matérn-5/2 kernel k(x, x′) = σ²·(1 + √5·r + 5r²/3)·exp(−√5·r), r² = Σ w_d·(x_d − x′_d)², four points at a time; for a category the
/// difference is 0 or 1.
/// </summary>
/// <remarks>Rasmussen and Williams, Gaussian Processes for Machine Learning (2006), chapter 4; w_d = 1/ℓ_d².</remarks>
internal static class MaternKernel
{
    private const double Root5 = 2.23606797749979;

    /// <summary>The length of an array that holds <paramref name="count"/> points and is read four lanes at a time.</summary>
    public static int Padded(int count) => (count + 3) & ~3;

    /// <summary>
    /// Writes k(x, xᵢ) for i &lt; <paramref name="count"/>; into <paramref name="slopes"/>, if given, the factor 5/3·σ²·(1 +
    /// √5·r)·exp(−√5·r) that every derivative has.
    /// </summary>
    /// <param name="k">The result, padded.</param>
    /// <param name="slopes">The second result, padded; or <c>null</c>.</param>
    /// <param name="count">How many points.</param>
    /// <param name="point">x, one coordinate a dimension.</param>
    /// <param name="columns">xᵢ: an array of padded length a dimension.</param>
    /// <param name="categorical">Which dimensions have no order.</param>
    /// <param name="weights">w_d.</param>
    /// <param name="variance">σ².</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a decision early in a campaign should not wait for the tiers of the compiler
    public static void Row(
        double[] k,
        double[]? slopes,
        int count,
        ReadOnlySpan<double> point,
        double[][] columns,
        bool[] categorical,
        double[] weights,
        double variance)
    {
        for (var i = 0; i < count; i += 4)
        {
            var square = Vector256<double>.Zero;
            for (var d = 0; d < point.Length; d++)
            {
                var difference = Vector256.Create(point[d]) - Vector256.LoadUnsafe(ref columns[d][i]);
                square += categorical[d]
                    ? Vector256.ConditionalSelect(
                        Vector256.Equals(difference, Vector256<double>.Zero), Vector256<double>.Zero, Vector256.Create(weights[d]))
                    : difference * difference * weights[d];
            }

            var r = Vector256.Sqrt(square) * Root5;
            var decay = Lanes.Exp(-r) * variance;
            var linear = Vector256<double>.One + r;
            ((linear + r * r * (1.0 / 3)) * decay).StoreUnsafe(ref k[i]);
            if (slopes is not null)
                (linear * decay * (5.0 / 3)).StoreUnsafe(ref slopes[i]);
        }
    }
}
