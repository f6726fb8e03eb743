using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>The logarithm of the expected improvement of a normal variable over a bound, accurate in the far tail.</summary>
/// <remarks>
/// With z = (best − μ)/s, EI = s·h(z), h(z) = φ(z) + z·Φ(z). Ament et al., Unexpected Improvements to Expected Improvement, NeurIPS (2023).
/// </remarks>
internal static class ExpectedImprovement
{
    /// <summary>log h(z), and its derivative Φ(z)/h(z).</summary>
    public static (double LogH, double Slope) At(double z)
    {
        var logDensity = -0.5 * z * z - StandardNormal.HalfLogTwoPi;
        if (z > -1.5)
        {
            var density = PortableMath.Exp(logDensity);
            var below = z > 8 ? 1 : 0.5 + density * StandardNormal.Series(z);
            var h = density + z * below;
            return (PortableMath.Log(h), below / h);
        }

        // Mills' ratio Φ(−t)/φ(t) = 1/(t + c) with c = 1/(t + 2/(t + 3/(t + …))), so h/φ = c/(t + c) without cancellation.
        double t = -z, c = 0;
        for (var k = 60; k >= 2; k--)
            c = k / (t + c);
        c = 1 / (t + c);
        return (logDensity + PortableMath.Log(c / (t + c)), 1 / c);
    }
}
