using System.Runtime.CompilerServices;

namespace HyperSearch.Training.Kernels;

/// <summary>
/// exp, log and tanh of floats at any lane width, bit for bit the same; always inlined (through a call the vectors would pass through
/// memory).
/// </summary>
/// <remarks>
/// Polynomials from Moshier's Cephes library, <see href="https://www.netlib.org/cephes/"/>; errors below 2 units in the last place (tests
/// measure them).
/// </remarks>
internal static class FloatMath
{
    private const MethodImplOptions Inline = MethodImplOptions.AggressiveInlining;

    /// <summary>x = n·ln 2 + r, |r| ≤ ½ ln 2; eˣ = 2ⁿ·eʳ. Saturates: eˣ for x &lt; −87 is e⁻⁸⁷, for x &gt; 88 it is e⁸⁸.</summary>
    [MethodImpl(Inline)]
    public static L Exp<L>(L x)
        where L : struct, ILane<L, float>, IFloatLane<L>
    {
        x = L.Min(L.Constant(88), L.Max(L.Constant(-87), x));
        var n = L.Round(x * L.Constant(1.44269504f));
        x = L.MultiplyAdd(n, L.Constant(-0.693359375f), x);
        x = L.MultiplyAdd(n, L.Constant(2.12194440e-4f), x);
        var p = L.Constant(1.9875691500e-4f);
        p = L.MultiplyAdd(p, x, L.Constant(1.3981999507e-3f));
        p = L.MultiplyAdd(p, x, L.Constant(8.3334519073e-3f));
        p = L.MultiplyAdd(p, x, L.Constant(4.1665795894e-2f));
        p = L.MultiplyAdd(p, x, L.Constant(1.6666665459e-1f));
        p = L.MultiplyAdd(p, x, L.Constant(0.5f));
        p = L.MultiplyAdd(p, x * x, x + L.Constant(1));
        return p * L.PowerOfTwo(n);
    }

    /// <summary>x = 2ᵉ·m with m ∈ [√½, √2); ln x = e·ln 2 + ln m. Right for normal x &gt; 0; 0 gives −88; NaN stays.</summary>
    [MethodImpl(Inline)]
    public static L Log<L>(L x)
        where L : struct, ILane<L, float>, IFloatLane<L>
    {
        var one = L.Constant(1);
        L e = L.Exponent(x), m = L.Mantissa(x);
        var large = L.GreaterThan(m, L.Constant(1.41421356f));
        m = L.Select(large, m * L.Constant(0.5f), m) - one;
        e += L.And(large, one);
        var p = L.Constant(7.0376836292e-2f);
        p = L.MultiplyAdd(p, m, L.Constant(-1.1514610310e-1f));
        p = L.MultiplyAdd(p, m, L.Constant(1.1676998740e-1f));
        p = L.MultiplyAdd(p, m, L.Constant(-1.2420140846e-1f));
        p = L.MultiplyAdd(p, m, L.Constant(1.4249322787e-1f));
        p = L.MultiplyAdd(p, m, L.Constant(-1.6668057665e-1f));
        p = L.MultiplyAdd(p, m, L.Constant(2.0000714765e-1f));
        p = L.MultiplyAdd(p, m, L.Constant(-2.4999993993e-1f));
        p = L.MultiplyAdd(p, m, L.Constant(3.3333331174e-1f));
        var q = m * m;
        var y = L.MultiplyAdd(e, L.Constant(-2.12194440e-4f), p * m * q);
        y = L.MultiplyAdd(L.Constant(-0.5f), q, y);
        y = L.MultiplyAdd(e, L.Constant(0.693359375f), m + y);
        return L.Select(L.Equal(x, x), y, x);
    }

    /// <summary>x + x³·P(x²) for |x| &lt; 0.625, else ±(1 − 2/(e^2|x| + 1)).</summary>
    [MethodImpl(Inline)]
    public static L Tanh<L>(L x)
        where L : struct, ILane<L, float>, IFloatLane<L>
    {
        L one = L.Constant(1), size = L.Abs(x), q = x * x;
        var p = L.Constant(-5.70498872745e-3f);
        p = L.MultiplyAdd(p, q, L.Constant(2.06390887954e-2f));
        p = L.MultiplyAdd(p, q, L.Constant(-5.37397155531e-2f));
        p = L.MultiplyAdd(p, q, L.Constant(1.33314422036e-1f));
        p = L.MultiplyAdd(p, q, L.Constant(-3.33332819422e-1f));
        var near = L.MultiplyAdd(p * q, x, x); // NaN takes this branch and stays NaN
        var far = one - L.Constant(2) / (Exp(size + size) + one);
        far = L.Select(L.GreaterThan(L.Zero, x), L.Zero - far, far);
        return L.Select(L.GreaterThan(size, L.Constant(0.625)), far, near);
    }
}
