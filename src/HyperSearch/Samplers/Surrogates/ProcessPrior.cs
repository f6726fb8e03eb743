namespace HyperSearch.Samplers.Surrogates;

/// <summary>The beliefs about a <see cref="GaussianProcess"/> before any outcome: independent normal laws of its parameters.</summary>
/// <remarks>
/// log σ² ~ N(0, 1), log noise ~ N(log 1e−3, 1.5), log ℓ ~ N(<paramref name="MeanLogScale"/>, 0.9), and where inputs are warped log a and
/// log b ~ N(0, 0.5); where there is a <see cref="Trend"/> log λ ~ N(log 0.1, 1). For points of the unit cube and standardized values.
/// </remarks>
/// <param name="MeanLogScale">The mean of log ℓ.</param>
/// <param name="Warps">Whether each input is warped by a <see cref="KumaraswamyWarp"/>.</param>
/// <param name="HasTrend">Whether there is a <see cref="Trend"/>.</param>
internal sealed record ProcessPrior(double MeanLogScale, bool Warps, bool HasTrend = false)
{
    private const double LogOfSixTenths = -0.5108256237659907, TypicalLogNoise = -6.907755278982137, TypicalLogTrend = -2.302585092994046;

    /// <summary>Length scales around 0.6 whatever the dimension, inputs as they are: the law of the first edition.</summary>
    public static ProcessPrior OfFirstEdition { get; } = new(LogOfSixTenths, false);

    /// <summary>The parameters that are likeliest before any outcome.</summary>
    public double[] Start(int dimensions) =>
    [
        .. Enumerable.Repeat(MeanLogScale, dimensions), 0, TypicalLogNoise, .. Enumerable.Repeat(0.0, Warps ? 2 * dimensions : 0),
        .. Enumerable.Repeat(TypicalLogTrend, HasTrend ? 1 : 0),
    ];

    /// <summary>Adds −log density of the parameters, but for a constant, to a loss, and its gradient to a gradient.</summary>
    public void Add(double[] parameters, int dimensions, ref double loss, double[] gradient)
    {
        for (var p = 0; p < parameters.Length; p++)
        {
            var (mean, deviation) = p < dimensions ? (MeanLogScale, 0.9)
                : HasTrend && p == parameters.Length - 1 ? (TypicalLogTrend, 1)
                : p == dimensions ? (0, 1) : p == dimensions + 1 ? (TypicalLogNoise, 1.5) : (0.0, 0.5);
            var off = (parameters[p] - mean) / deviation;
            loss += 0.5 * off * off;
            gradient[p] += off / deviation;
        }
    }
}
