using System.Runtime.CompilerServices;

namespace HyperSearch.Numerics;

/// <summary>Elementary functions in double precision made of +, −, ·, / and √ alone, so that every machine gives the same bits.</summary>
/// <remarks>
/// The system's math library differs from one operating system to the next in the last place; a random stream or a decayed learning rate
/// must not.
/// C# evaluates each double operation as written (no contraction), which IEEE 754 rounds in one way only. Relative error below 4·10⁻¹⁶.
/// </remarks>
public static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01, Ln2Low = 1.90821492927058770002e-10; // high part has 20 trailing zero bits

    /// <summary>The natural logarithm.</summary>
    /// <param name="x">NaN and negative numbers give NaN, 0 gives −∞.</param>
    /// <remarks>x = m·2ᵉ with m ∈ [√½, √2); ln x = e·ln 2 + 2·artanh((m − 1)/(m + 1)), by its series.</remarks>
    public static double Log(double x)
    {
        if (!(x > 0) || double.IsPositiveInfinity(x))
            return x == 0 ? double.NegativeInfinity : x > 0 ? x : double.NaN;
        var scale = 0;
        if (x < 2.2250738585072014e-308)
            (x, scale) = (x * 18014398509481984.0, -54);
        var bits = BitConverter.DoubleToInt64Bits(x);
        var exponent = (int)(bits >> 52) - 1023 + scale;
        var m = BitConverter.Int64BitsToDouble((bits & 0xFFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951)
            (m, exponent) = (m * 0.5, exponent + 1);
        double f = m - 1, s = f / (m + 1), q = s * s;
        double sum = 1.0 / 25;
        for (var n = 23; n >= 3; n -= 2)
            sum = sum * q + 1.0 / n;
        // 2·artanh(s) = 2s + 2s·q·sum, and 2s = f − s·f: the exact f carries the leading digits.
        return exponent * Ln2High + (f - (s * f - (2 * s * q * sum + exponent * Ln2Low)));
    }

    /// <summary>e to the power <paramref name="x"/>.</summary>
    /// <param name="x">Above 709.78 the result is +∞, below −745 it is 0.</param>
    /// <remarks>x = n·ln 2 + r with |r| ≤ ½ ln 2; eˣ = 2ⁿ·eʳ, eʳ by its Taylor series to r¹⁴.</remarks>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
            return x;
        if (x > 709.782712893384)
            return double.PositiveInfinity;
        if (x < -745.2)
            return 0;
        var n = Math.Round(x * 1.4426950408889634);
        double r = x - n * Ln2High - n * Ln2Low, sum = 1.0;
        for (var k = 14; k >= 2; k--)
            sum = 1 + r * sum / k;
        return Scale(1 + r * sum, (int)n);
    }

    /// <summary><paramref name="x"/> to the power <paramref name="y"/>, for x ≥ 0.</summary>
    /// <param name="x">Zero or positive.</param>
    /// <param name="y">A whole y up to 2³¹ multiplies by repeated squaring; any other goes through exp(y·ln x).</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double Pow(double x, double y)
    {
        if (Math.Abs(y) <= int.MaxValue && y == Math.Floor(y))
        {
            double result = 1, square = x;
            for (var n = (long)Math.Abs(y); n > 0; n >>= 1, square *= square)
            {
                if ((n & 1) != 0)
                    result *= square;
            }
            return y < 0 ? 1 / result : result;
        }
        return x == 0 ? (y > 0 ? 0 : double.PositiveInfinity) : Exp(y * Log(x));
    }

    /// <summary>The cosine of an angle in [0, π].</summary>
    /// <param name="x">Radians.</param>
    /// <remarks>cos x = −sin(x − ½π); the sine by its Taylor series to the 25th power.</remarks>
    public static double Cos(double x)
    {
        double r = 1.5707963267948966 - x, q = r * r, sum = 1;
        for (var k = 24; k >= 2; k -= 2)
            sum = 1 - q * sum / (k * (k + 1.0));
        return r * sum;
    }

    private static double Scale(double x, int n)
    {
        if (n > 1023)
            return x * 8.98846567431158e307 * BitConverter.Int64BitsToDouble((long)n << 52);
        if (n < -1022)
            return x * BitConverter.Int64BitsToDouble((long)(n + 54 + 1023) << 52) * 5.551115123125783e-17;
        return x * BitConverter.Int64BitsToDouble((long)(n + 1023) << 52);
    }
}
