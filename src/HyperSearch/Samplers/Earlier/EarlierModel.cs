using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers.Surrogates;

namespace HyperSearch.Samplers.Earlier;

/// <summary>A Gaussian process through the outcomes of an earlier campaign, fitted once.</summary>
/// <param name="Campaign">The campaign's name.</param>
/// <param name="Process">The process, of standardized values.</param>
/// <param name="Best">The positions of its best trials, the best first.</param>
internal sealed record EarlierModel(string Campaign, GaussianProcess Process, ImmutableArray<ImmutableArray<double>> Best)
{
    private const int FitSteps = 30, Leaders = 3;
    private static readonly ProcessPrior Prior = ProcessPrior.OfFirstEdition;

    /// <summary>The model of a campaign; <c>null</c> where there are too few outcomes for one.</summary>
    public static EarlierModel? Of(EarlierOutcomes campaign, bool[] categorical)
    {
        if (campaign.Rows.Length < 4)
            return null;
        double[][] points = [.. campaign.Rows.Select(row => row.Position.ToArray())];
        var values = Standardized.Of([.. campaign.Rows.Select(row => row.Value)]).Values;
        return Fitted(points, values, categorical) is { } process
            ? new EarlierModel(campaign.Campaign, process,
                [.. campaign.Rows.OrderBy(row => row.Value).Take(Leaders).Select(row => row.Position)])
            : null;
    }

    /// <summary>A process fitted by maximum a posteriori.</summary>
    public static GaussianProcess? Fitted(double[][] points, double[] values, bool[] categorical) =>
        GaussianProcess.On(points, values, categorical, Parameters(points, values, categorical));

    /// <summary>The likeliest parameters.</summary>
    public static double[] Parameters(double[][] points, double[] values, bool[] categorical) => Bfgs.Minimize(
        (x, gradient) => GaussianProcess.Loss(points, values, categorical, x, gradient, Prior), Prior.Start(categorical.Length), -12, 5,
        FitSteps).X;
}
