using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Planning;

/// <summary>Orders trials from the best to the worst.</summary>
public static class Ranking
{
    /// <summary>Ranks trials: completed ones by value, then stopped ones by value, then timed out, diverged and
    /// failed ones.</summary>
    /// <remarks>
    /// Trials of equal values are ordered by the metric <c>dev_cost</c>, then by the metric <c>parameters</c> (lower is better, a trial
    /// without comes after those with), then by number. A value that is missing, NaN or infinite never wins: within its group it comes
    /// last. Trials that were confirmed stand together, by the mean of their repeats (a trial with a repeat that diverged behind the
    /// others): where the best score among them puts them, so ahead of all that had a worse score when the leaders were chosen. By another
    /// metric all are ranked by the one run of the search.
    /// </remarks>
    /// <param name="trials">In any order.</param>
    /// <param name="maximize">Whether more of the search's metric is better.</param>
    /// <param name="byMetric">Another metric to rank by; its own direction is used where its name tells one
    /// (<see cref="Metrics.MoreIsBetter"/>), else <paramref name="maximize"/>.</param>
    public static ImmutableArray<RankedTrial> Rank(IEnumerable<Trial> trials, bool maximize, string? byMetric = null)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var ordered = Order(trials, maximize, byMetric);
        var ranked = ImmutableArray.CreateBuilder<RankedTrial>(ordered.Length);
        foreach (var trial in ordered)
            ranked.Add(new RankedTrial(ranked.Count + 1, trial, Finite(byMetric is null ? trial.RankValue : Measured(trial, byMetric))));
        return ranked.MoveToImmutable();
    }

    /// <summary>The same order, without an object for each place: of very many trials those take more room than the order.</summary>
    internal static Trial[] Order(IEnumerable<Trial> trials, bool maximize, string? byMetric = null)
    {
        var more = byMetric is null ? maximize : Metrics.MoreIsBetter(byMetric) ?? maximize;
        Trial[] ordered = [.. trials];
        var best = byMetric is null ? BestConfirmed(ordered.Where(trial => trial.Confirmed is not null), more) : double.NaN;
        var places = new RankPlace[ordered.Length];
        for (var i = 0; i < places.Length; i++)
        {
            places[i] = byMetric is null
                ? PlaceOf(ordered[i], ordered[i].Value, ordered[i].Confirmed, more, best)
                : PlaceOf(ordered[i], Measured(ordered[i], byMetric), null, more, best);
        }

        Array.Sort(places, ordered);
        return ordered;
    }

    /// <inheritdoc cref="Order(IEnumerable{Trial}, bool, string?)"/>
    internal static IReadOnlyList<Trial> Order(IEnumerable<Trial> trials, Search search) => search.Further.IsEmpty
        ? Order(trials, search.Maximize)
        : [.. Rank(trials, search).Select(entry => entry.Trial)];

    /// <summary>Those of an order that have a finite value.</summary>
    internal static Trial[] Valued(IEnumerable<Trial> ordered) => [.. ordered.Where(trial => Finite(trial.RankValue) is not null)];

    /// <summary>Ranks trials by all that the search is after: by its metric or, where several are traded off, by front.</summary>
    /// <remarks>Within a front by the first metric, then the second, …; equals as above. So the first of all is the front's best by the
    /// search's first metric. Trials that did not complete come last.</remarks>
    public static ImmutableArray<RankedTrial> Rank(IEnumerable<Trial> trials, Search search)
    {
        ArgumentNullException.ThrowIfNull(search);
        var ranked = Rank(trials, search.Maximize);
        return search.Further.IsEmpty ? ranked : ByFront(ranked, search.Goals);
    }

    private static ImmutableArray<RankedTrial> ByFront(ImmutableArray<RankedTrial> ranked, ImmutableArray<Goal> goals)
    {
        var costs = ranked.Where(entry => entry.Trial.State == OutcomeState.Completed && entry.Value is not null)
            .Select(entry => (Entry: entry,
                Costs: goals.Select(goal => goal.CostOf(entry.Trial.Measured)).OfType<double>().ToImmutableArray()))
            .Where(entry => entry.Costs.Length == goals.Length).ToArray();
        var fronts = Pareto.Fronts([.. costs.Select(entry => entry.Costs)]);
        var ordered = ImmutableArray.CreateBuilder<RankedTrial>(ranked.Length);
        foreach (var front in costs.Zip(fronts).GroupBy(entry => entry.Second).OrderBy(front => front.Key))
        {
            var members = front.Select(entry => entry.First).ToArray();
            var crowding = Pareto.Crowding([.. members.Select(member => member.Costs)]);
            ordered.AddRange(members.Zip(crowding)
                .OrderBy(member => member.First.Costs, Comparer<ImmutableArray<double>>.Create(Pareto.Compare))
                    .ThenBy(member => member.First.Entry.Rank)
                .Select(member => member.First.Entry with { Front = front.Key, Crowding = member.Second }));
        }

        var placed = costs.Select(entry => entry.Entry.Rank).ToHashSet();
        ordered.AddRange(ranked.Where(entry => !placed.Contains(entry.Rank)));
        return [.. ordered.Select((entry, index) => entry with { Rank = index + 1 })];
    }

    /// <summary>The best trial of a campaign; <c>null</c> when none has a value.</summary>
    public static Trial? Best(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var search = snapshot.Search;
        if (!search.Further.IsEmpty)
            return Rank(snapshot.Trials, search).FirstOrDefault(ranked => ranked.Value is not null)?.Trial;
        var best = BestConfirmed(snapshot.Trials.Where(trial => trial.Confirmed is not null), search.Maximize);
        return snapshot.Trials.Where(trial => Finite(trial.RankValue) is not null)
            .MinBy(trial => PlaceOf(trial, trial.Value, trial.Confirmed, search.Maximize, best));
    }

    /// <summary>The best score among the completed trials that were confirmed, lower is better; NaN without any.</summary>
    private static double BestConfirmed(IEnumerable<Trial> confirmed, bool more) =>
        confirmed.Where(trial => trial.State == OutcomeState.Completed)
            .Select(trial => RankPlace.CostOf(trial.Value, more)).DefaultIfEmpty(double.NaN).Min();

    private static RankPlace PlaceOf(Trial trial, double? score, Confirmation? confirmed, bool more, double best) =>
        RankPlace.Of(trial.Number, trial.State, RankPlace.CostOf(score, more), confirmed, more, best).Among(TieBreak.Of(trial, confirmed));

    /// <summary>The best value after each trial, in the order proposed: one entry a trial, NaN until one has a value.</summary>
    /// <remarks>Once a trial has completed the full budget only such trials count, so that a value after few epochs is not taken for one
    /// after all.</remarks>
    /// <param name="trials">In the order of their numbers.</param>
    /// <param name="maximize">Whether more is better.</param>
    public static ImmutableArray<double> BestSoFar(IReadOnlyList<Trial> trials, bool maximize)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var anyCompleted = trials.Any(trial => trial.State == OutcomeState.Completed && Finite(trial.Value) is not null);
        var best = double.NaN;
        var steps = ImmutableArray.CreateBuilder<double>(trials.Count);
        foreach (var trial in trials)
        {
            if (Finite(trial.Value) is { } value && (!anyCompleted || trial.State == OutcomeState.Completed)
                && (double.IsNaN(best) || (maximize ? value > best : value < best)))
                best = value;
            steps.Add(best);
        }

        return steps.MoveToImmutable();
    }

    private static double? Measured(Trial trial, string metric) => trial.Measured.Find(metric);

    private static double? Finite(double? value) => value is { } known && double.IsFinite(known) ? known : null;
}
