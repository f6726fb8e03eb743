using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Planning;
using HyperSearch.Schedules;

namespace HyperSearch.Analysis;

/// <summary>How far the figures of a campaign can be trusted: its leaders against each other, by their repeats where they were confirmed,
/// else against the noise of the dev rows as far as it is known.</summary>
public static class Uncertainty
{
    /// <summary>How many leaders are compared with the first.</summary>
    private const int Leaders = 5;

    /// <summary>The variance of cross-fitted figures over the variance on as many independent rows, as measured: of classes, and of numbers
    /// with an ensemble of several trials and with one trial's networks alone.</summary>
    private const double ClassVariance = 1.5, NumberVariance = 2, LoneNumberVariance = 4;

    /// <summary>A cost whose relative standard error is larger hangs on a few rows that were judged with confidence and wrongly; an
    /// interval around it would span more than a factor of six and still miss the next such row.</summary>
    private const double MostRelativeError = 1 / 3.0;

    /// <summary>In larger campaigns only the best are read, and equal configurations are not looked for.</summary>
    private const int MostLookedThrough = 20_000;

    /// <summary>Sentences for people, under a ranking by the search's own metric; none before two trials have a value, and where
    /// metrics are traded off.</summary>
    public static ImmutableArray<string> Sentences(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (!snapshot.Search.Further.IsEmpty)
            return [];
        var ranked = Ranking.Rank(snapshot.Trials, snapshot.Search.Maximize).Where(entry => entry.Value is not null).ToImmutableArray();
        if (ranked.Length == 0 || ranked.Length + snapshot.OmittedValues.Length < 2)
            return [];
        return ranked.Any(entry => entry.Trial.Confirmed is not null)
            ? [.. Confirmed(snapshot, ranked)]
            : [.. Unconfirmed(snapshot, ranked)];
    }

    /// <summary>The confirmed trials that cannot be told from the first: means within two standard errors of the difference, by the pooled
    /// spread of all repeats. The first is among them.</summary>
    public static ImmutableArray<Trial> TiedWithTheFirst(IEnumerable<RankedTrial> ranked)
    {
        ArgumentNullException.ThrowIfNull(ranked);
        ImmutableArray<Trial> confirmed = [.. ranked.Select(entry => entry.Trial).Where(trial => trial.Confirmed is { Diverged: 0 })];
        if (confirmed.IsEmpty || Spread(confirmed) is not { } deviation)
            return confirmed.IsEmpty ? [] : [confirmed[0]];
        var first = confirmed[0].Confirmed!;
        return
        [
            .. confirmed.Where((trial, place) => place == 0
                || Math.Abs(trial.Confirmed!.Mean - first.Mean) <= 2 * deviation * Math.Sqrt(1.0 / trial.Confirmed.Values.Length
                    + 1.0 / first.Values.Length)),
        ];
    }

    /// <summary>The standard deviation from run to run, pooled over the repeats of all confirmed trials; <c>null</c> when none has
    /// two.</summary>
    public static double? Spread(IEnumerable<Trial> trials)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var repeated = trials.Select(trial => trial.Confirmed).OfType<Confirmation>().ToArray();
        var freedom = repeated.Sum(confirmation => confirmation.Values.Length - 1);
        return freedom > 0 ? Math.Sqrt(repeated.Sum(confirmation => confirmation.SquaredDeviations) / freedom) : null;
    }

    private static IEnumerable<string> Confirmed(CampaignSnapshot snapshot, ImmutableArray<RankedTrial> ranked)
    {
        string F(double value) => Figures.Of(value, Metrics.IsShare(snapshot.Search.Metric));
        if (ranked[0].Trial.Confirmed is not { } first)
        {
            yield return $"Trial {ranked[0].Trial.Number} and others before the first with a ± scored better than every confirmed trial "
                + $"and were not confirmed yet.";
            yield break;
        }

        yield return $"Confirmed: the mean of {Figures.Count(first.Values.Length, "run")} on fresh seeds ± its standard error. The "
            + $"search's own score of trial {ranked[0].Trial.Number}, "
            + $"{F(ranked[0].Trial.Value!.Value)}, was selected for being good, so it is left out of the mean.";
        var ties = TiedWithTheFirst(ranked)[1..];
        if (Spread(snapshot.Trials) is not { } spread)
            yield break;
        yield return ties.IsEmpty
            ? $"No other lies within two standard errors of it (one run varies by {F(spread)})."
            : $"{Listed(ties)} cannot be told from it (within two standard errors; one run varies by {F(spread)}): "
                + $"{Preferred(ranked[0].Trial, ties)}.";
    }

    private static IEnumerable<string> Unconfirmed(CampaignSnapshot snapshot, ImmutableArray<RankedTrial> ranked)
    {
        string F(double value) => Figures.Of(value, Metrics.IsShare(snapshot.Search.Metric));
        var wayOut = snapshot.Search is { Confirm: null, Schedule: not PbtSchedule } // whose networks no repeat has again
            ? " To know, repeat the leaders: confirm: {top: 5, repeats: 3} in the search file."
            : "";
        var total = snapshot.Trials.Length + snapshot.Omitted;
        double[] completed = [.. ranked.Where(entry => entry.Trial.State == OutcomeState.Completed).Select(entry => entry.Value!.Value),
            .. snapshot.OmittedValues];
        double[] values = completed.Length > 1 ? completed : [.. ranked.Select(entry => entry.Value!.Value)];
        var best = ranked[0].Value!.Value;
        var tied = values.Count(value => value == best);
        if (tied > 1 && tied == Succeeded(snapshot))
        {
            yield return $"All {tied} trials have the same value, so none of them is better than another.";
            yield break;
        }

        var first = Math.Min(Leaders, values.Length);
        var last = values.Order(Comparer<double>.Create((a, b) => snapshot.Search.Maximize ? b.CompareTo(a) : a.CompareTo(b)))
            .ElementAt(first - 1);
        var apart = (tied == 1 ? "" : $"{tied} trials share the best value. ") + $"The first {first} are {F(Math.Abs(last - best))} apart";
        if (snapshot.DevRows is > 0 and var rows && Judge(snapshot, rows) is { Close: var close } judged)
        {
            var certainty = judged.ByRow
                ? "(at 95 % certainty for all trials together, the leaders compared row by row)"
                : "(at 95 % certainty for all trials together)";
            var (others, kind) = (judged.Of - 1, judged.Of < total ? "other leading" : "other");
            var among = close - 1 < others ? $"{close - 1} of the {others} {kind} trials"
                : others == 1 ? $"The {kind} trial" : $"All {others} {kind} trials";
            yield return close > 1
                ? $"{apart}. {among} cannot be told from the best on {rows} dev rows {certainty}: "
                    + $"which of them is first is luck as well as merit.{wayOut}"
                : $"{apart}. {(judged.Of < total ? $"Of the {judged.Of} leading trials every other one" : "Every other trial")} is worse "
                    + $"than the best by more than chance explains on {rows} dev rows {certainty}.";
        }
        else if (total <= MostLookedThrough && Repeated(snapshot.Trials) is { } noise)
        {
            yield return $"{apart}; equal configurations differ by {F(noise)} from run to run (standard deviation)."
                + (Math.Abs(last - best) < 2 * noise ? wayOut : "");
        }
        else
        {
            yield return $"{apart}; how much a value varies from run to run is not known, and the best of {total} " +
                $"is also the luckiest.{wayOut}";
        }
    }

    /// <summary>How many trials have a value; <c>null</c> where that is not known of the trials that were left out.</summary>
    private static int? Succeeded(CampaignSnapshot snapshot) => snapshot.Omitted > 0 && snapshot.OmittedStates.IsEmpty
        ? null
        : snapshot.Trials.Count(trial => trial.Succeeded) + snapshot.OmittedStates.GetValueOrDefault(OutcomeState.Completed)
            + snapshot.OmittedStates.GetValueOrDefault(OutcomeState.Stopped);

    /// <summary>The pooled standard deviation of trials with one and the same configuration; <c>null</c> when no two have. A copy
    /// (<c>pbt</c>) is none of them: its network had other configurations before.</summary>
    private static double? Repeated(ImmutableArray<Trial> trials)
    {
        var groups = trials.Where(trial => trial is { State: OutcomeState.Completed, Value: not null, Past.IsEmpty: true })
            .GroupBy(trial => trial.Point)
            .Select(group => new Confirmation([.. group.Select(trial => trial.Value!.Value)], 0)).Where(group => group.Values.Length > 1)
                .ToArray();
        return groups.Length == 0
            ? null
            : Math.Sqrt(groups.Sum(group => group.SquaredDeviations) / groups.Sum(group => group.Values.Length - 1));
    }

    /// <summary>Which of trials that cannot be told apart to take: the network with the fewest parameters where their number is
    /// known.</summary>
    private static string Preferred(Trial first, ImmutableArray<Trial> others)
    {
        Trial[] all = [first, .. others];
        if (all.Any(trial => trial.Measured.Find(Goal.Parameters) is null))
            return "prefer the cheapest of them";
        var smallest = all.MinBy(trial => trial.Measured.Find(Goal.Parameters))!;
        return string.Create(CultureInfo.InvariantCulture,
            $"prefer the smallest of them: trial {smallest.Number}, {smallest.Metrics[Goal.Parameters]:#,0} parameters");
    }

    private static string Listed(ImmutableArray<Trial> trials) => trials.Length == 1
        ? $"Trial {trials[0].Number}"
        : $"Trials {string.Join(", ", trials[..^1].Select(trial => trial.Number))} and {trials[^1].Number}";

    /// <summary>How many completed trials cannot be told from the best on the dev rows.</summary>
    /// <param name="snapshot">The campaign.</param>
    /// <param name="devRows">Rows of the dev set.</param>
    /// <returns>The number, the best included; <c>null</c> when the metric's noise is not known or no trial has a value.</returns>
    /// <remarks>
    /// Leaders of which each row is known are told from the best by a paired test: McNemar's exact one for shares, Student's for losses.
    /// The others are told from it when the interval of their difference leaves out 0 (shares: Newcombe's of two Wilson intervals; rmse,
    /// mae and R²: of their logarithms); where the metric's noise is not known without rows, only leaders are counted. All are compared
    /// with the best at once, so that the certainty is Bonferroni's: in 95 % of campaigns the truly best trial is among those counted.
    /// </remarks>
    public static int? IndistinguishableFromBest(CampaignSnapshot snapshot, int devRows)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentOutOfRangeException.ThrowIfLessThan(devRows, 1);
        return Judge(snapshot, devRows)?.Close;
    }

    /// <summary>The trials that <see cref="IndistinguishableFromBest"/> counts, by their numbers, and those that it looks at; both empty
    /// where it is <c>null</c>.</summary>
    internal static (ImmutableArray<int> Close, ImmutableArray<int> LookedAt) CloseToBest(CampaignSnapshot snapshot, int devRows) =>
        Judge(snapshot, devRows) is { } judged ? (judged.CloseTrials, judged.KnownTrials) : ([], []);

    /// <summary>Whether a trial is told from the best one at 95 % certainty for all trials together, row by row.</summary>
    /// <returns><c>null</c> where their rows are not known.</returns>
    private static bool? TellsByRow(Trial best, Trial other, int comparisons)
    {
        if (!PairedRows.CanCompare(best, other))
            return null;
        return PairedRows.Chance(best.RowErrors!, other.RowErrors!) <= 0.05 / comparisons;
    }

    private static Judged? Judge(CampaignSnapshot snapshot, int devRows)
    {
        var noise = RowNoise.Of(snapshot with { DevRows = devRows });
        Trial[] ranked = [.. Ranking.Order(snapshot.Trials, snapshot.Search.Maximize)
            .Where(trial => trial is { State: OutcomeState.Completed, Value: not null })];
        if (ranked.Length == 0 || Ranking.Best(snapshot) is not { Value: { } value } best)
            return null;
        var comparisons = Math.Max(1, snapshot.Trials.Length + snapshot.Omitted - 1);
        var z = RowNoise.Quantile(comparisons);
        var (close, known, byRow) = (new List<int>(), new List<int>(), false);
        foreach (var (place, trial) in ranked.Index())
        {
            bool? told = trial.Number == best.Number ? false : place < RowErrors.Leaders ? TellsByRow(best, trial, comparisons) : null;
            byRow |= told is not null && trial.Number != best.Number;
            told ??= noise?.Tells(value, devRows, trial.Value!.Value, devRows, z);
            if (told is not null)
                known.Add(trial.Number);
            if (told == false)
                close.Add(trial.Number);
        }

        if (noise is null)
            return byRow ? new Judged(close.Count, known.Count, byRow, [.. close], [.. known]) : null;
        var omitted = snapshot.OmittedValues.Count(other => !noise.Tells(value, devRows, other, devRows, z));
        return new Judged(close.Count + omitted, snapshot.Trials.Length + snapshot.Omitted, byRow, [.. close], [.. known]);
    }

    /// <summary>The 95 % interval of a share p measured on n rows: Wilson's score interval, with z = 1.96.</summary>
    /// <param name="share">p, in [0, 1].</param>
    /// <param name="rows">n, at least 1.</param>
    /// <remarks>Wilson, Probable inference, the law of succession, and statistical inference, JASA 22 (1927).</remarks>
    public static (double Low, double High) Interval(double share, int rows)
    {
        if (share is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(share), share, "A share lies in [0, 1].");
        ArgumentOutOfRangeException.ThrowIfLessThan(rows, 1);
        return RowNoise.Wilson(share, rows, RowNoise.Z95);
    }

    /// <summary>The 95 % interval of a figure of a verdict; <c>null</c> where its sampling error is not known.</summary>
    /// <remarks>
    /// Wilson's for a share of rows; for a cost, an rmse or 1 − R² on a logarithmic scale from the standard error that the rows themselves
    /// give. With e the relative standard error of the mean (of squares, for an rmse) its logarithm ± 1.96·e is shifted by e² and widened
    /// by 1 + 4·e², because a sample with few large residuals has both a small mean and a small standard error. So it covers 93 to 97 %
    /// from 60 rows on, for normal residuals and for Laplace's. A figure that is cross-fitted over folds is judged by networks that share
    /// most of their training rows, and the rows that fix its classes' shares train them too, so that its errors are larger than those of
    /// as many independent rows. It is also the figure of one fold's networks where all folds' answer together later, which brings the
    /// squared error of numbers down, the more the fewer trials are in the ensemble. So its variance is taken 1.5 times for classes, twice
    /// for numbers, four times for the numbers of one trial's networks. Over 1,800 whole campaigns of 30 and 100 trials on tables of known
    /// laws that covered 95 to 97 %, 95 to 96 % and 94 to 95 %, the plain interval 89 to 91, 81 and 57 %. A cost of which a few rows make
    /// up the most has none.
    /// </remarks>
    /// <param name="verdict">The verdict.</param>
    /// <param name="name">One of its metrics.</param>
    public static (double Low, double High)? Interval(Verdict verdict, string name)
    {
        ArgumentNullException.ThrowIfNull(verdict);
        ArgumentNullException.ThrowIfNull(name);
        if (verdict.TestRows < 1 || !verdict.TestMetrics.TryGetValue(name, out var value))
            return null;
        var widening = Widening(verdict);
        if (RowNoise.Of(name, verdict.TestMetrics.Keys) is { IsShare: true })
            return value is >= 0 and <= 1 ? RowNoise.Wilson(value, verdict.TestRows / widening, RowNoise.Z95) : null;
        if (verdict.StandardErrors?.TryGetValue(name, out var error) != true)
            return null;
        var isComplement = name.EndsWith("_r2", StringComparison.Ordinal);
        var miss = isComplement ? 1 - value : value;
        if (!(miss > 0))
            return null;
        var power = name.EndsWith("_rmse", StringComparison.Ordinal) ? 2 : 1;
        var relative = power * error * Math.Sqrt(widening) / miss;
        if (relative > MostRelativeError && name.EndsWith("_cost", StringComparison.Ordinal))
            return null;
        var (centre, half) =
            (Math.Log(miss) + relative * relative / power, RowNoise.Z95 * relative * (1 + 4 * relative * relative) / power);
        var (low, high) = (Math.Exp(centre - half), Math.Exp(centre + half));
        return isComplement ? (1 - high, 1 - low) : (low, high);
    }

    /// <summary>The variance of a verdict's figures over the variance on as many independent rows.</summary>
    private static double Widening(Verdict verdict)
    {
        if (verdict.IsOnTestSet)
            return 1;
        var isOfNumbers = verdict.TestMetrics.Keys.Any(static name => name.EndsWith("_rmse", StringComparison.Ordinal));
        return !isOfNumbers ? ClassVariance : verdict.Ensemble!.Members.Length == 1 ? LoneNumberVariance : NumberVariance;
    }

    /// <summary>How many trials cannot be told from the best.</summary>
    /// <param name="Close">How many, the best included.</param>
    /// <param name="Of">Of how many.</param>
    /// <param name="ByRow">Whether some were compared row by row.</param>
    /// <param name="CloseTrials">The numbers of those that were read and cannot be told from it.</param>
    /// <param name="KnownTrials">The numbers of all that were compared with it.</param>
    private sealed record Judged(
        int Close, int Of, bool ByRow, ImmutableArray<int> CloseTrials, ImmutableArray<int> KnownTrials);
}
