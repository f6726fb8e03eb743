using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;

namespace HyperSearch.Samplers.Gp;

/// <summary>The parameters of the model of one of several metrics, and when they were fitted.</summary>
/// <param name="Plain">Those of inputs as they are.</param>
/// <param name="Warped">Those of warped inputs.</param>
/// <param name="IsWarped">Whether warped inputs explained the outcomes better.</param>
/// <param name="FittedOn">How many outcomes there were.</param>
internal sealed record GpFrontModel(ImmutableArray<double> Plain, ImmutableArray<double> Warped, bool IsWarped, int FittedOn)
{
    private const int Fitted = 100;

    /// <summary>By how much the log posterior density with warped inputs must be greater before it is believed.</summary>
    private const double Doubt = 3;

    /// <summary>Length scales are around this times √D.</summary>
    private const double Reach = 0.3;

    /// <summary>Before the first fit.</summary>
    public static GpFrontModel Before { get; } = new([], [], false, 0);

    /// <summary>The parameters to go by.</summary>
    public ImmutableArray<double> Chosen => IsWarped ? Warped : Plain;

    /// <summary>The model fitted anew when there are enough new outcomes, on the latest at most.</summary>
    /// <param name="points">The points of the outcomes.</param>
    /// <param name="values">Their values, standardized.</param>
    /// <param name="categorical">Which dimensions have no order.</param>
    public GpFrontModel FittedTo(double[][] points, double[] values, bool[] categorical)
    {
        var n = points.Length;
        var every = n <= 30 ? 2 : n <= 60 ? 4 : 10;
        if (!Plain.IsEmpty && n - FittedOn < every)
            return this;
        (points, values) = (points[Math.Max(0, n - Fitted)..], values[Math.Max(0, n - Fitted)..]);
        var prior = new ProcessPrior(PortableMath.Log(Reach * Math.Sqrt(categorical.Length)), false);
        var steps = Plain.IsEmpty || n <= 30 ? 30 : 10;
        var plain = Best(prior, Plain.IsEmpty ? prior.Start(categorical.Length) : [.. Plain]);
        var warped = Best(
            prior with { Warps = true }, Warped.IsEmpty ? [.. plain.X, .. new double[2 * categorical.Length]] : [.. Warped]);
        return new GpFrontModel([.. plain.X], [.. warped.X], warped.Value < plain.Value - Doubt, n);

        (double[] X, double Value) Best(ProcessPrior beliefs, double[] start) => Bfgs.Minimize(
            (x, gradient) => GaussianProcess.Loss(points, values, categorical, x, gradient, beliefs), start, -12, 5, steps);
    }
}
