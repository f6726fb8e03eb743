using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>How bias and variance changed from the first trials of a campaign to the last.</summary>
/// <param name="Trials">How many trials at each end were looked at: a third.</param>
/// <param name="FirstBias">The median avoidable bias of the first ones.</param>
/// <param name="LastBias">That of the last ones.</param>
/// <param name="FirstVariance">The median variance of the first ones.</param>
/// <param name="LastVariance">That of the last ones.</param>
public sealed record FitTrend(int Trials, double FirstBias, double LastBias, double FirstVariance, double LastVariance)
{
    private const int Fewest = 15;

    /// <summary>A third of so many trials would show a gain that is worth going on for.</summary>
    private const int TellsNoGain = 20;

    /// <summary>Of the rank test that the dev errors of the first and the last trials do not differ.</summary>
    public double PValue { get; init; } = 1;

    internal static FitTrend? Of(CampaignSnapshot snapshot, FitErrors pair, double baseError)
    {
        var errors = snapshot.Trials.Where(trial => trial.State == OutcomeState.Completed).Select(pair.Read)
            .OfType<(double Train, double Dev)>().ToArray();
        if (errors.Length < Fewest)
            return null;
        var third = errors.Length / 3;
        var (first, last) = (errors[..third], errors[^third..]);
        return new FitTrend(
            third, Median(first.Select(fit => fit.Train - baseError)), Median(last.Select(fit => fit.Train - baseError)),
            Median(first.Select(fit => fit.Dev - fit.Train)), Median(last.Select(fit => fit.Dev - fit.Train)))
        {
            PValue = RankTest.PValue([.. first.Select(fit => fit.Dev)], [.. last.Select(fit => fit.Dev)]),
        };
    }

    /// <summary>The trend in a sentence, with its meaning for going on.</summary>
    internal string Say(bool share)
    {
        string F(double value) => Figures.Of(value, share);
        var gain = FirstBias + FirstVariance - LastBias - LastVariance;
        return $"From the first {Trials} trials to the last {Trials} the median avoidable bias went from {F(FirstBias)} to "
            + $"{F(LastBias)}, the median variance from {F(FirstVariance)} to {F(LastVariance)}: "
            + (PValue < 0.05 && gain > 0.1 * Math.Abs(FirstBias + FirstVariance)
                ? "the search finds better trials; more of them may help."
                : PValue < 0.05 || Trials >= TellsNoGain
                ? "the search no longer makes trials better, so change the space, the data or the network rather than run more."
                : "that may be chance, so it does not say whether more trials would help.");
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }
}
