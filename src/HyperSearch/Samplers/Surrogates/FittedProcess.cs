using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Samplers.Surrogates;

/// <summary>A kind of Gaussian process with its likeliest parameters.</summary>
/// <param name="Prior">The beliefs before any outcome, which tell the kind.</param>
/// <param name="Parameters">The parameters.</param>
/// <param name="Loss">−log posterior density of the parameters, but for a constant.</param>
internal sealed record FittedProcess(ProcessPrior Prior, ImmutableArray<double> Parameters, double Loss)
{
    /// <summary>The process with other length scales.</summary>
    /// <param name="by">What is added to log ℓ of each dimension.</param>
    public FittedProcess Shifted(IReadOnlyList<double> by) =>
        this with { Parameters = [.. Parameters.Select((parameter, p) => p < by.Count ? parameter + by[p] : parameter)] };

    /// <summary>Fits a process.</summary>
    /// <param name="prior">The beliefs before any outcome.</param>
    /// <param name="start">Parameters to begin with.</param>
    /// <param name="points">The points.</param>
    /// <param name="values">Their values.</param>
    /// <param name="categorical">Which dimensions have no order.</param>
    /// <param name="steps">Steps of L-BFGS at most.</param>
    public static FittedProcess To(
        ProcessPrior prior, double[] start, double[][] points, double[] values, bool[] categorical, int steps)
    {
        var (parameters, loss) = Bfgs.Minimize(
            (x, gradient) => GaussianProcess.Loss(points, values, categorical, x, gradient, prior), start, -12, 5, steps);
        return new FittedProcess(prior, [.. parameters], loss);
    }
}
