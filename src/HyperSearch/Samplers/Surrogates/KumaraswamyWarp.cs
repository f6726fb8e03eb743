using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>A monotone map of [0, 1] onto itself, w(x) = 1 − (1 − xᵃ)ᵇ, that stretches the part of an axis where a function changes
/// fast.</summary>
/// <remarks>
/// The distribution function of Kumaraswamy's law; a = b = 1 is the identity. Snoek et al., Input Warping for Bayesian Optimization of
/// Non-stationary Functions, ICML (2014). Points closer to an end than <see cref="Margin"/> are taken to lie there, because slopes at the
/// ends are 0 or infinite.
/// </remarks>
internal readonly record struct KumaraswamyWarp
{
    private const double Margin = 1e-6;

    private readonly double _a, _b;

    /// <summary>The map with these parameters.</summary>
    /// <param name="logA">log a.</param>
    /// <param name="logB">log b.</param>
    public KumaraswamyWarp(double logA, double logB) =>
        (LogA, LogB, _a, _b) = (logA, logB, PortableMath.Exp(logA), PortableMath.Exp(logB));

    /// <summary>log a.</summary>
    public double LogA { get; }

    /// <summary>log b.</summary>
    public double LogB { get; }

    /// <summary>w(x).</summary>
    public double At(double x)
    {
        var power = PortableMath.Pow(Inside(x), _a);
        return 1 - PortableMath.Pow(1 - power, _b);
    }

    /// <summary>w(x), dw/dx, dw/d log a and dw/d log b.</summary>
    public (double Value, double ByX, double ByLogA, double ByLogB) WithSlopes(double x)
    {
        x = Inside(x);
        double a = _a, b = _b, logX = PortableMath.Log(x);
        double power = PortableMath.Exp(a * logX), rest = 1 - power, logRest = PortableMath.Log(rest);
        var tail = PortableMath.Exp(b * logRest);
        var inner = b * tail / rest; // dw/d(xᵃ)
        return (1 - tail, inner * a * power / x, inner * power * logX * a, -tail * logRest * b);
    }

    private static double Inside(double x) => Math.Clamp(x, Margin, 1 - Margin);
}
