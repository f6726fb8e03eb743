using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>How far the figures of a campaign can be trusted: its leaders against each other, by their repeats where they were confirmed,
/// else against the noise as far as it is known; and a test figure.</summary>
public static class Uncertainty
{
    /// <summary>How many leaders are compared with the first.</summary>
    private const int Leaders = 5;

    /// <summary>Sentences for people, under a ranking by the search's own metric; none before two trials have a value.</summary>
    public static ImmutableArray<string> Sentences(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var ranked = Ranking.Rank(snapshot.Trials, snapshot.Search.Maximize).Where(entry => entry.Value is not null).ToImmutableArray();
        if (ranked.Length < 2)
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
                || Math.Abs(trial.Confirmed!.Mean - first.Mean) < 2 * deviation * Math.Sqrt(1.0 / trial.Confirmed.Values.Length
                    + 1.0 / first.Values.Length)),
        ];
    }

    /// <summary>The standard deviation from run to run, pooled over the repeats of all confirmed trials; <c>null</c> when none has
    /// two.</summary>
    public static double? Spread(IEnumerable<Trial> trials)
    {
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

        yield return $"Confirmed: the mean of {first.Values.Length} runs on fresh seeds ± its standard error. The search's own score of "
            + $"trial {ranked[0].Trial.Number}, "
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
        var wayOut = snapshot.Search.Confirm is null
            ? " To know, repeat the leaders: confirm: {top: 5, repeats: 3} in the search file."
            : "";
        var best = ranked[0].Value!.Value;
        var last = ranked[Math.Min(Leaders, ranked.Length) - 1];
        var tied = ranked.TakeWhile(entry => entry.Value == best).Count();
        if (tied == ranked.Length && snapshot.Omitted == 0)
        {
            yield return $"All {tied} trials have the same value, so none of them is better than another.";
            yield break;
        }

        var shared = tied == 1 ? "" : $"{tied} trials share the best value. ";
        var apart = $"{shared}The first {Math.Min(Leaders, ranked.Length)} are {F(Math.Abs(last.Value!.Value - best))} apart";
        if (snapshot.DevRows is { } rows && IndistinguishableFromBest(snapshot, rows) is { } close)
        {
            var error = Math.Sqrt(best * (1 - best) / rows);
            var least = close == snapshot.Trials.Length && snapshot.Omitted > 0 ? "At least " : "";
            yield return $"{apart}; measured on {rows} dev rows the best has a standard error of {F(error)}. "
                + (close > 1
                    ? $"{least}{close} trials lie within two standard errors of the difference: "
                        + $"they cannot be told apart on these {rows} dev rows.{wayOut}"
                    : "No other trial lies within two standard errors of the difference.");
        }
        else if (Repeated(snapshot.Trials) is { } noise)
        {
            yield return $"{apart}; equal configurations differ by {F(noise)} from run to run (standard deviation)."
                + (Math.Abs(last.Value!.Value - best) < 2 * noise ? wayOut : "");
        }
        else
        {
            yield return $"{apart}; how much a value varies from run to run is not known, and the best of "
                + $"{ranked.Length + snapshot.Omitted} is also the luckiest.{wayOut}";
        }
    }

    /// <summary>The pooled standard deviation of trials with one and the same configuration; <c>null</c> when no two have.</summary>
    private static double? Repeated(ImmutableArray<Trial> trials)
    {
        var groups = trials.Where(trial => trial.State == OutcomeState.Completed && trial.Value is not null).GroupBy(trial => trial.Point)
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
        if (all.Any(trial => !trial.Metrics.ContainsKey(Goal.Parameters)))
            return "prefer the cheapest of them";
        var smallest = all.MinBy(trial => trial.Metrics[Goal.Parameters])!;
        return string.Create(CultureInfo.InvariantCulture,
            $"prefer the smallest of them: trial {smallest.Number}, {smallest.Metrics[Goal.Parameters]:#,0} parameters");
    }

    private static string Listed(ImmutableArray<Trial> trials) => trials.Length == 1
        ? $"Trial {trials[0].Number}"
        : $"Trials {string.Join(", ", trials[..^1].Select(trial => trial.Number))} and {trials[^1].Number}";

    /// <summary>How many completed trials cannot be told from the best: within two standard errors of the difference of two shares measured
    /// on the same number of rows.</summary>
    /// <param name="snapshot">The campaign.</param>
    /// <param name="devRows">Rows of the dev set.</param>
    /// <returns>The number, the best included; <c>null</c> when the metric is no share or no trial has a value.</returns>
    /// <remarks>Standard error of one share: √(p(1 − p)/rows). On the same dev set errors are correlated, so this is the cautious
    /// side.</remarks>
    public static int? IndistinguishableFromBest(CampaignSnapshot snapshot, int devRows)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        ArgumentOutOfRangeException.ThrowIfLessThan(devRows, 1);
        if (!Metrics.IsBinomial(snapshot.Search.Metric) || Ranking.Best(snapshot)?.Value is not (>= 0 and <= 1 and var best))
            return null;
        var margin = 2 * Math.Sqrt(2 * best * (1 - best) / devRows);
        return snapshot.Trials.Count(trial => trial.State == OutcomeState.Completed && trial.Value is { } value
            && Math.Abs(value - best) <= margin);
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
        const double z = 1.959963984540054;
        var centre = (share + z * z / (2 * rows)) / (1 + z * z / rows);
        var half = z / (1 + z * z / rows) * Math.Sqrt(share * (1 - share) / rows + z * z / (4.0 * rows * rows));
        return (Math.Max(0, centre - half), Math.Min(1, centre + half));
    }
}
