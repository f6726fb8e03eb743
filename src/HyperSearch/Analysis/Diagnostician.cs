using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>Diagnoses a campaign's winner by bias and variance.</summary>
/// <remarks>Source: Andrew Ng, Improving Deep Neural Networks, week 1 (bias/variance, the basic recipe for machine learning), and
/// Structuring Machine Learning Projects, week 1 (avoidable bias).</remarks>
public static class Diagnostician
{
    /// <summary>With fewer dev rows a single one is more than two points of the error.</summary>
    private const int FewestRows = 50;

    /// <summary>Diagnoses a campaign.</summary>
    /// <param name="snapshot">Finished or not.</param>
    /// <param name="baseError">The error that the best possible (a team of experts, Bayes) would have, in the metric's unit; <c>null</c>,
    /// the default, for the search file's.</param>
    /// <param name="devRows">How many rows the dev set has, for its sampling noise; <c>null</c> for the number that the campaign itself
    /// recorded.</param>
    public static Diagnosis Diagnose(CampaignSnapshot snapshot, double? baseError = null, int? devRows = null)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var least = baseError ?? snapshot.Search.BaseError;
        if (!(least >= 0))
            throw new ArgumentOutOfRangeException(nameof(baseError), least, "A base error is at least 0.");
        devRows ??= snapshot.DevRows;
        var edges = Edges.Find(snapshot);
        var idle = IdleRanges.Find(snapshot);
        var tooFew = TooFew(snapshot);
        var best = Ranking.Best(snapshot);
        var pair = FitErrors.Of(snapshot);
        if (best is null)
            return new Diagnosis
            {
                Summary = "No trial has a value yet, so there is nothing to diagnose.",
                BaseError = least,
                Signals = SignalFlow.Find(snapshot),
                TooFew = tooFew
            };
        if (pair is null || pair.Read(best) is not var (train, dev))
        {
            return new Diagnosis
            {
                Trial = best.Number,
                BaseError = least,
                Edges = edges,
                Idle = idle,
                Signals = SignalFlow.Find(snapshot),
                TooFew = tooFew,
                Summary = "Bias and variance need the error on the training set and on the dev set, as train_… and dev_… metrics with "
                    + "the same ending; the best trial does not have both.",
            };
        }

        var law = devRows is > 0 ? RowNoise.Of(pair.Dev, best.Metrics.Keys) : null;
        double? noise = law?.StandardError(pair.Complement ? 1 - dev : dev, devRows!.Value) is { } error
            && double.IsFinite(error) ? error : null;
        var few = law is { IsShare: true } ? devRows : null;
        var blind = BlindSpot.Of(best, pair, snapshot.Search);
        var fit = blind?.Fit ?? Judge(train - least, dev - train, dev, noise, pair.IsShare);
        return new Diagnosis
        {
            Trial = best.Number,
            Metric = pair.Metric,
            IsShare = pair.IsShare,
            BaseError = least,
            TrainError = train,
            DevError = dev,
            DevStandardError = noise,
            Fit = fit,
            Summary = Say(best, fit, train, dev, least, noise, devRows, pair.IsShare, few, blind) + NoAdvice(snapshot, fit, devRows),
            Next = NoAdvice(snapshot, fit, devRows).Length > 0 ? []
                : blind is not null ? [blind.Cure] : NextSteps.For(fit, snapshot),
            Edges = edges,
            Idle = idle,
            Trials = [.. snapshot.Trials.Select(trial => (trial, Errors: pair.Read(trial))).Where(entry => entry.Errors is not null)
                .Select(entry => FitOf(entry.trial, entry.Errors!.Value, least))],
            Trend = FitTrend.Of(snapshot, pair, least),
            Signals = SignalFlow.Find(snapshot),
            TooFew = tooFew,
        };
    }

    private static TrialFit FitOf(Trial trial, (double Train, double Dev) errors, double baseError) =>
        new(trial.Number, errors.Train, errors.Dev, errors.Train - baseError, errors.Dev - errors.Train);

    /// <summary>A gap counts when it exceeds two standard errors of the dev error, or half a point (5 % of the dev error where it is no
    /// share) when that is unknown; a gap half as large as the other is the lesser worry.</summary>
    private static FitQuality Judge(double bias, double variance, double dev, double? noise, bool share)
    {
        var least = noise is { } known ? 2 * known : share ? 0.005 : 0.05 * Math.Abs(dev);
        var biased = bias > least;
        var varied = variance > least;
        return (biased, varied) switch
        {
            (false, false) => FitQuality.Good,
            (true, false) => FitQuality.Bias,
            (false, true) => FitQuality.Variance,
            _ when bias >= 2 * variance => FitQuality.Bias,
            _ when variance >= 2 * bias => FitQuality.Variance,
            _ => FitQuality.BiasAndVariance,
        };
    }

    private static string Say(Trial best, FitQuality fit, double train, double dev, double baseError, double? noise, int? rows, bool share,
        int? few, BlindSpot? blind)
    {
        string F(double value) => Figures.Of(value, share);
        var gaps = $"Avoidable bias {F(train - baseError)} (train {F(train)} − base {F(baseError)}), variance {F(dev - train)} (dev "
            + $"{F(dev)} − train {F(train)}).";
        var doubt = noise is { } sigma && Math.Abs(dev - train) <= 2 * sigma
            ? $" The difference between train and dev is within the sampling noise of {rows} dev rows (standard error {F(sigma)})."
            : dev < train ? " " + WhyBelow(best) : "";
        return gaps + doubt + (blind?.Sentence ?? fit switch
        {
            FitQuality.Good when TellsLittle(dev, few) =>
                $" Neither gap is large enough to act on, but {rows} dev rows are too few to tell.",
            FitQuality.Good => " Neither gap is large enough to act on: the winner fits the training set and generalizes.",
            FitQuality.Bias when baseError == 0 =>
                $" Is a training error of {F(train)} more than the task allows? If so, this is high bias: the network does " +
                "not yet fit its training set, "
                + "so first fit it better; more data will not help. If not, say what is possible: base_error in the search file.",
            FitQuality.Bias => " High bias: the network does not yet fit its training set. First fit it better; more data will not help.",
            FitQuality.Variance =>
                " High variance: the network fits its training set but does not generalize as well. More data or regularization.",
            _ when baseError == 0 =>
                $" The variance is high. Is a training error of {F(train)} more than the task allows, too? If so, first fit the training " +
                "set better, then close the gap "
                + "to the dev set. If not, say what is possible: base_error in the search file.",
            _ => " Bias and variance are both high: first fit the training set better, then close the gap to the dev set.",
        });
    }

    /// <summary>Why dev rows may fare better than the rows that were learned. Patience keeps the weights that suit the dev rows best, of
    /// each fold on its own few rows, which on small tables outweighs what a network learns by heart.</summary>
    private static string WhyBelow(Trial best) =>
        best.Point.TryGetValue("patience", out var patience) && patience is { IsNumber: true, Number: > 0 }
        ? "There is no variance to mend: the dev rows fare better because each training was ended where they fared best (patience), which "
            + "flatters them."
        : "There is no variance to mend: the dev rows fare better by chance, or because they are easier.";

    /// <summary>Whether the 95 % interval of the dev error is wider than nine points, so that a good fit may be luck.</summary>
    private static bool TellsLittle(double dev, int? rows) =>
        rows is { } known && dev is >= 0 and <= 1 && Uncertainty.Interval(dev, known) is var (low, high) && high - low > 0.09;

    /// <summary>Why nothing is advised where a gap was found: one trial, or fewer dev rows than can carry it; else empty.</summary>
    private static string NoAdvice(CampaignSnapshot snapshot, FitQuality fit, int? rows) =>
        fit is FitQuality.Good or FitQuality.Unknown ? ""
        : snapshot.Trials.Count(trial => trial.Succeeded) + snapshot.Omitted == 1 ? " A single trial is no ground for advice: run more."
        : rows < FewestRows
            ? $" {Figures.Count(rows.Value, "dev row")} are no ground for advice: keep more for the dev set, or train in folds."
            : "";

    private static string? TooFew(CampaignSnapshot snapshot)
    {
        var useful = snapshot.Trials.Count(trial => trial.Succeeded);
        var wanted = Math.Max(20, 5 * snapshot.Search.Space.Dimensions);
        return useful >= wanted
            ? null
            : $"{useful} {(useful == 1 ? "trial has" : "trials have")} a value; with "
                + $"{Figures.Count(snapshot.Search.Space.Dimensions, "hyperparameter")} "
                + $"to search, fewer than {wanted} tell little about the ranges.";
    }
}
