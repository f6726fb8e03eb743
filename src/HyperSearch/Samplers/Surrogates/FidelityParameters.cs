using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>The parameters of a <see cref="MultiFidelityProcess"/>, unpacked from a vector of logarithms.</summary>
/// <remarks>
/// log ℓ of each coordinate and, last, of the budget; log σ²; log noise of each rung; then log a and log b of the warp of each coordinate
/// and of the budget. Priors: log ℓ ~ N(log 0.6, 0.9), of the budget N(0, 0.9); log σ² ~ N(0, 1); log noise ~ N(log 1e−3, 1.5); log a and
/// log b ~ N(0, 0.5).
/// </remarks>
internal sealed class FidelityParameters
{
    private const double TypicalLogScale = -0.5108256237659907, TypicalLogNoise = -6.907755278982137;
    private const double ScaleDeviation = 0.9, NoiseDeviation = 1.5, WarpDeviation = 0.5;
    private readonly double[] _logs;
    private readonly int _rungs;

    /// <summary>Unpacks a vector.</summary>
    /// <param name="categorical">Which coordinates have no order; the budget, last, has one.</param>
    /// <param name="rungs">How many rungs there are.</param>
    /// <param name="logs">The vector.</param>
    /// <param name="trend">The share λ of a <see cref="Trend"/>; 0 for none.</param>
    public FidelityParameters(bool[] categorical, int rungs, double[] logs, double trend = 0)
    {
        (Categorical, _rungs, _logs) = (categorical, rungs, logs);
        Weights = [.. logs.Take(categorical.Length).Select(static log => PortableMath.Exp(-2 * log))];
        Variance = PortableMath.Exp(logs[categorical.Length]);
        Trend = trend > 0 ? new Trend(trend, Variance, Weights, categorical) : null;
        Noises = [.. logs.Skip(categorical.Length + 1).Take(rungs).Select(PortableMath.Exp)];
    }

    /// <summary>Which coordinates have no order.</summary>
    public bool[] Categorical { get; }

    /// <summary>1/ℓ² of each coordinate.</summary>
    public double[] Weights { get; }

    /// <summary>σ².</summary>
    public double Variance { get; }

    /// <summary>The linear part of the kernel; or <c>null</c>.</summary>
    public Trend? Trend { get; }

    /// <summary>The variance of the noise on each rung.</summary>
    public double[] Noises { get; }

    /// <summary>The vector at the means of the priors.</summary>
    public static double[] Typical(int dimensions, int rungs) =>
    [
        .. Enumerable.Repeat(TypicalLogScale, dimensions - 1), 0, 0, .. Enumerable.Repeat(TypicalLogNoise, rungs),
        .. new double[2 * dimensions],
    ];

    /// <summary>The place of a rung's noise in the vector.</summary>
    public int NoiseAt(int rung) => Categorical.Length + 1 + rung;

    /// <summary>The place of the logarithm of a coordinate's a in the vector, that of its b stands behind it.</summary>
    public int WarpAt(int dimension) => Categorical.Length + 1 + _rungs + 2 * dimension;

    /// <summary>A warped coordinate and its derivatives by the coordinate, by log a and by log b; a category stays as it is.</summary>
    public (double Warped, double ByX, double ByLogA, double ByLogB) WarpWithSlopes(int dimension, double x) =>
        Categorical[dimension] ? (x, 0, 0, 0) : WarpOf(dimension).WithSlopes(x);

    /// <summary>A warped coordinate; a category stays as it is.</summary>
    public double Warp(int dimension, double x) => Categorical[dimension] ? x : WarpOf(dimension).At(x);

    /// <summary>−log prior density but for a constant; adds its gradient.</summary>
    public double AddPrior(double[] gradient)
    {
        var loss = 0.0;
        for (var p = 0; p < _logs.Length; p++)
        {
            var (mean, deviation) = Prior(p);
            var off = (_logs[p] - mean) / deviation;
            loss += 0.5 * off * off;
            gradient[p] += off / deviation;
        }

        return loss;
    }

    private KumaraswamyWarp WarpOf(int dimension) => new(_logs[WarpAt(dimension)], _logs[WarpAt(dimension) + 1]);

    private (double Mean, double Deviation) Prior(int p)
    {
        var dimensions = Categorical.Length;
        if (p < dimensions)
            return (p == dimensions - 1 ? 0 : TypicalLogScale, ScaleDeviation);
        if (p == dimensions)
            return (0, 1);
        return p < NoiseAt(_rungs) ? (TypicalLogNoise, NoiseDeviation) : (0, WarpDeviation);
    }
}
