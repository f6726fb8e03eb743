using System.Collections.Immutable;
using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>Finds a winner whose figure on the test set differs from the one on the dev set.</summary>
public static class DevTestGap
{
    /// <summary>Residuals with heavier tails than normal ones scatter this much more; on two sets nothing makes up for it.</summary>
    private const double HeavyTails = 1.5;

    /// <summary>Says that dev and test figure lie further apart than their sizes allow (95 %), why that may be, and what to do; <c>null</c>
    /// where they do not, and where it cannot be told.</summary>
    /// <param name="snapshot">A finished campaign whose winner was judged on a test set.</param>
    public static string? Sentence(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Verdict is not { Ensemble: null, TestRows: > 0 and var testRows } verdict || snapshot.DevRows is not > 0
            || snapshot.Trials.FirstOrDefault(trial => trial.Number == verdict.Trial) is not { RankValue: { } dev } winner)
            return null;
        var (metric, devRows) = (snapshot.Search.Metric, snapshot.DevRows.Value);
        if (!metric.StartsWith("dev_", StringComparison.Ordinal) || !verdict.TestMetrics.TryGetValue("test_" + metric[4..], out var test)
            || RowNoise.Of(snapshot) is not { } noise
                || !noise.Tells(dev, devRows, test, testRows, RowNoise.Z95 * (noise.IsShare ? 1 : HeavyTails)))
            return null;
        var share = Metrics.IsShare(metric) && noise.IsShare;
        var isWorse = snapshot.Search.Maximize ? test < dev : test > dev;
        if (!isWorse && verdict.Averaged is not null)
            return null; // several networks together are better than the one that the dev figure is of
        ImmutableArray<string> causes = isWorse
            ?
            [
                .. winner.Confirmed is null && snapshot.Trials.Length + snapshot.Omitted > 1
                    ? [$"it was chosen among {Figures.Count(snapshot.Trials.Length + snapshot.Omitted, "trial")} on " +
                        $"{Figures.Count(devRows, "dev row")}, " +
                        "which flatters it"] : Array.Empty<string>(),
                winner.Point.TryGetValue("learning_rate", out var rate)
                    ? "its training is unstable, so that it came out worse when it was trained afresh (learning_rate " +
                        $"{Figures.Brief(rate)})" : "its training depends much on the seed",
                "the test rows are of another kind",
            ]
            : ["the test rows are of another, easier kind", "chance, which does this in one campaign of twenty"];
        var remedy = !isWorse ? "See how the rows were split before you trust the better figure."
            : winner.Confirmed is null && winner.Past.IsEmpty
                ? "Repeat the leaders (confirm: {top: 5, repeats: 3}), keep more dev rows or train in folds (folds: 5), " +
                    "and see how the rows were split."
            : "Keep more dev rows or train in folds (folds: 5), and see how the rows were split.";
        return $"The test figure of trial {winner.Number}, {Figures.Of(test, share)}, is {(isWorse ? "worse" : "better")} than its dev " +
            $"figure, {Figures.Of(dev, share)}, by more than "
            + $"{Figures.Count(testRows, "test row")} and {Figures.Count(devRows, "dev row")} explain. Likely causes: " +
                $"{string.Join("; ", causes)}. {remedy}";
    }
}
