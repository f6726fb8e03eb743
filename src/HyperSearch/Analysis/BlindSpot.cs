using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>A class so rare that the winner's error hardly shows how badly the winner recognizes it.</summary>
/// <param name="Fit">Bias where the training rows of the class are not recognized either, else variance.</param>
/// <param name="Sentence">The finding, for people.</param>
/// <param name="Cure">What to try.</param>
internal sealed record BlindSpot(FitQuality Fit, string Sentence, Advice Cure)
{
    private const string Balanced = "balanced_error";

    /// <summary>With each class counted the same, the error is worse by so much at least, and twice as large.</summary>
    private const double LeastGap = 0.1;

    /// <summary>The blind spot of a trial; <c>null</c> where its error tells all, or figures for it are missing.</summary>
    /// <param name="best">The winner.</param>
    /// <param name="pair">The errors that bias and variance are read from.</param>
    /// <param name="search">The search.</param>
    public static BlindSpot? Of(Trial best, FitErrors pair, Search search)
    {
        if (pair.Metric == Balanced || !best.Metrics.TryGetValue("dev_" + Balanced, out var balanced)
            || !best.Metrics.TryGetValue("dev_error", out var error) || balanced - error < LeastGap || balanced < 2 * error)
            return null;
        var isBias = !best.Metrics.TryGetValue("train_" + Balanced, out var learned) || learned > balanced / 2;
        List<string> lines = ["minimize: dev_balanced_error"];
        if (search.Objective.IsBuiltInTrainer && search.Space.Parameters.All(parameter => parameter.Name != "class_weights"))
            lines.Add("class_weights: {choice: [none, balanced]}");
        return new BlindSpot(
            isBias ? FitQuality.Bias : FitQuality.Variance,
            $" But a dev error of {F(error)} hides a rare class: with each class counted the same, {F(balanced)} of the dev rows are "
                + "wrong. The winner "
                + (isBias ? "has not learned that class." : "learned its training rows, but recognizes few new ones."),
            new Advice("Choose by a metric that counts each class the same, and let each class weigh the same in training.",
                [.. lines]));

        static string F(double value) => Figures.Of(value, share: true);
    }
}
