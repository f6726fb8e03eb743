using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>The trials of a campaign that are wanted, and their order.</summary>
public sealed record TrialQuery
{
    /// <summary>A condition in the words of <see cref="TrialFilter"/>; <c>null</c> for all trials.</summary>
    public string? Where { get; init; }

    /// <summary>A metric or a parameter to order by; <c>null</c> for the ranking of the campaign.</summary>
    public string? OrderBy { get; init; }

    /// <summary>Whether the greatest value of <see cref="OrderBy"/> comes first; <c>null</c> for the better one of a metric, and the least
    /// of a parameter.</summary>
    public bool? Descending { get; init; }

    /// <summary>How many trials to pass over. Default 0.</summary>
    public int Skip { get; init; }

    /// <summary>How many trials are wanted at most; <c>null</c> for all.</summary>
    public int? Take { get; init; }
}

/// <summary>The answer to a <see cref="TrialQuery"/>.</summary>
/// <param name="Campaign">The campaign, with the trials of this page only.</param>
/// <param name="Ranked">These trials in the order that was asked for; they are ranked among all that meet the condition.</param>
/// <param name="Matching">How many trials meet the condition; <c>null</c> where that was not counted.</param>
public sealed record TrialPage(CampaignSnapshot Campaign, IReadOnlyList<RankedTrial> Ranked, int? Matching)
{
    /// <summary>How many of the trials that meet the condition are on the front, on this page or not; 0 where nothing is traded off or the
    /// order is another than the ranking of the campaign.</summary>
    public int OnFront { get; init; }

    /// <summary>The page of a campaign whose trials were all read.</summary>
    /// <exception cref="FormatException">The condition cannot be understood, or the order is by a name that no trial has.</exception>
    internal static TrialPage Of(CampaignSnapshot all, TrialQuery query)
    {
        var metrics = NamedMetrics.NamesOf(all.Trials).Concat(all.Search.Goals.Select(goal => goal.Metric))
            .ToHashSet(StringComparer.Ordinal);
        var filter = query.Where is null ? null : TrialFilter.Parse(query.Where, all.Search);
        filter?.RequireMetrics(metrics);
        var matching = filter is null ? all.Trials : [.. all.Trials.Where(filter.Matches)];
        RankedTrial[] ordered = [.. Order(matching, query, all.Search, metrics)];
        var page = ordered.Skip(query.Skip).Take(query.Take ?? int.MaxValue).ToArray();
        var onFront = ordered.Count(entry => entry.Front == 1);
        if (page.Length == all.Trials.Length)
            return new TrialPage(all, page, matching.Length) { OnFront = onFront };
        var shown = page.Select(entry => entry.Trial.Number).ToHashSet();
        var omitted = all.Trials.Where(trial => !shown.Contains(trial.Number)).ToArray();
        return new TrialPage(
            all with
            {
                Trials = [.. page.Select(entry => entry.Trial).OrderBy(trial => trial.Number)],
                Omitted = omitted.Length,
                OmittedValues = [.. omitted.Where(trial => trial.State == OutcomeState.Completed).Select(trial => trial.Value)
                    .OfType<double>()],
            }, page, matching.Length)
        { OnFront = onFront };
    }

    private static IEnumerable<RankedTrial> Order(ImmutableArray<Trial> trials, TrialQuery query, Search search, HashSet<string> metrics)
    {
        if (query.OrderBy is not { } name)
            return query.Descending == true ? Ranking.Rank(trials, search).Reverse() : Ranking.Rank(trials, search);
        if (metrics.Contains(name))
        {
            var better = Metrics.MoreIsBetter(name) ?? search.Maximize;
            var ranked = name == search.Metric ? Ranking.Rank(trials, search) : Ranking.Rank(trials, search.Maximize, name);
            return query.Descending is { } descending && descending != better ? ranked.Reverse() : ranked;
        }

        if (!search.Space.Parameters.Any(parameter => parameter.Name == name))
        {
            string[] known = [.. metrics.Order(StringComparer.Ordinal), .. search.Space.Parameters.Select(parameter => parameter.Name)];
            throw new FormatException($"No trial has a metric or parameter \"{name}\".{Nearest.Hint(name, known)} " +
                $"Known: {Nearest.List(known)}.");
        }

        var with = trials.Where(trial => trial.Point.ContainsKey(name)).ToList();
        var byNumber = with.Where(trial => trial.Point[name].IsNumber).OrderBy(trial => trial.Point[name].Number);
        var byWord = with.Where(trial => !trial.Point[name].IsNumber)
            .OrderBy(trial => trial.Point[name].ToString(), StringComparer.Ordinal);
        var inOrder = byNumber.Concat(byWord);
        return (query.Descending == true ? inOrder.Reverse() : inOrder).Concat(trials.Where(trial => !trial.Point.ContainsKey(name)))
            .Select((trial, index) =>
                new RankedTrial(index + 1, trial, trial.RankValue is { } value && double.IsFinite(value) ? value : null));
    }
}
