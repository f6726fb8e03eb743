using System.Collections.Immutable;
using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>How sure the order of the leaders is: by their repeats where they were confirmed, else against the noise as far as it is known.</summary>
public static class Assurance
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
        return ranked.Any(entry => entry.Trial.Confirmed is not null) ? [.. Confirmed(snapshot, ranked)] : [.. Unconfirmed(snapshot, ranked)];
    }

    /// <summary>The confirmed trials that cannot be told from the first: means within two standard errors of the difference, by the pooled spread of all repeats. The first is among them.</summary>
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
                || Math.Abs(trial.Confirmed!.Mean - first.Mean) < 2 * deviation * Math.Sqrt(1.0 / trial.Confirmed.Values.Length + 1.0 / first.Values.Length)),
        ];
    }

    /// <summary>The standard deviation from run to run, pooled over the repeats of all confirmed trials; <c>null</c> when none has two.</summary>
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
            yield return $"Trial {ranked[0].Trial.Number} and others before the first with a ± scored better than every confirmed trial and were not confirmed yet.";
            yield break;
        }

        yield return $"Confirmed: the mean of {first.Values.Length} runs on fresh seeds ± its standard error. The search's own score of trial {ranked[0].Trial.Number}, "
            + $"{F(ranked[0].Trial.Value!.Value)}, was selected for being good, so it is in no mean.";
        var ties = TiedWithTheFirst(ranked)[1..];
        if (Spread(snapshot.Trials) is not { } spread)
            yield break;
        yield return ties.IsEmpty
            ? $"No other lies within two standard errors of it (one run varies by {F(spread)})."
            : $"{Listed(ties)} cannot be told from it (within two standard errors; one run varies by {F(spread)}): take the cheapest.";
    }

    private static IEnumerable<string> Unconfirmed(CampaignSnapshot snapshot, ImmutableArray<RankedTrial> ranked)
    {
        string F(double value) => Figures.Of(value, Metrics.IsShare(snapshot.Search.Metric));
        var wayOut = snapshot.Search.Confirm is null ? " To know, repeat the leaders: confirm: {top: 5, repeats: 3} in the search file." : "";
        var best = ranked[0].Value!.Value;
        var last = ranked[Math.Min(Leaders, ranked.Length) - 1];
        var apart = $"The first {Math.Min(Leaders, ranked.Length)} are {F(Math.Abs(last.Value!.Value - best))} apart";
        if (snapshot.DevRows is { } rows && Sureness.IndistinguishableFromBest(snapshot, rows) is { } close)
        {
            var error = Math.Sqrt(best * (1 - best) / rows);
            var least = close == snapshot.Trials.Length && snapshot.Omitted > 0 ? "At least " : "";
            yield return $"{apart}; measured on {rows} dev rows the best has a standard error of {F(error)}. "
                + (close > 1 ? $"{least}{close} trials lie within two standard errors of the difference: their order is luck.{wayOut}" : "No other trial lies within two standard errors of the difference.");
        }
        else if (Repeated(snapshot.Trials) is { } noise)
        {
            yield return $"{apart}; equal configurations differ by {F(noise)} from run to run (standard deviation)." + (Math.Abs(last.Value!.Value - best) < 2 * noise ? wayOut : "");
        }
        else
        {
            yield return $"{apart}; how much a value varies from run to run is not known, and the best of {ranked.Length + snapshot.Omitted} is also the luckiest.{wayOut}";
        }
    }

    /// <summary>The pooled standard deviation of trials with one and the same configuration; <c>null</c> when no two have.</summary>
    private static double? Repeated(ImmutableArray<Trial> trials)
    {
        var groups = trials.Where(trial => trial.State == OutcomeState.Completed && trial.Value is not null).GroupBy(trial => trial.Point)
            .Select(group => new Confirmation([.. group.Select(trial => trial.Value!.Value)], 0)).Where(group => group.Values.Length > 1).ToArray();
        return groups.Length == 0 ? null : Math.Sqrt(groups.Sum(group => group.SquaredDeviations) / groups.Sum(group => group.Values.Length - 1));
    }

    private static string Listed(ImmutableArray<Trial> trials) => trials.Length == 1
        ? $"Trial {trials[0].Number}"
        : $"Trials {string.Join(", ", trials[..^1].Select(trial => trial.Number))} and {trials[^1].Number}";
}
