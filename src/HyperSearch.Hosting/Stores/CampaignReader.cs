using System.Collections.Immutable;
using HyperSearch.Hosting.Journals;
using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Stores;

/// <summary>Reads a campaign once, whether or not a process runs it; never writes, never waits.</summary>
public static class CampaignReader
{
    /// <summary>A consistent view of this moment.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="definition">Reads the definition: the folder's search file, with its relative paths as they were when it was created.</param>
    /// <exception cref="StoreException">There is no campaign, its journal is damaged, or its search file cannot be understood.</exception>
    public static CampaignSnapshot Read(CampaignFolder folder, Func<CampaignFolder, CampaignCreated, Search> definition) =>
        new CampaignFollower(folder, definition).Read();

    /// <summary>The same with its best trial only, and of the others how many ended in which way: what a status needs.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="definition">Reads the definition.</param>
    /// <exception cref="StoreException">There is no campaign, its journal is damaged, or its search file cannot be understood.</exception>
    public static CampaignSnapshot ReadSummary(CampaignFolder folder, Func<CampaignFolder, CampaignCreated, Search> definition)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(definition);
        return BestTrials.Read(folder, definition, count: 1, TimeProvider.System.GetUtcNow(), indexFrom: long.MaxValue);
    }

    /// <summary>Whether a living process runs a campaign.</summary>
    public static bool IsRunning(CampaignFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return CampaignLock.IsOwned(folder);
    }

    /// <summary>What the owner of a running campaign says of this moment; <c>null</c> when nobody runs it, or nothing was said yet.</summary>
    public static LiveStatus? ReadLive(CampaignFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return CampaignLock.IsOwned(folder) ? LiveStatusFile.Read(folder) : null;
    }

    /// <summary>The same with its best trials only, for <c>rank --top</c>: at 100,000 trials it parses a handful.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="count">How many trials at most.</param>
    /// <param name="definition">Reads the definition.</param>
    /// <exception cref="StoreException">There is no campaign, its journal is damaged, or its search file cannot be understood.</exception>
    public static CampaignSnapshot ReadBest(CampaignFolder folder, int count, Func<CampaignFolder, CampaignCreated, Search> definition)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(definition);
        return BestTrials.Read(folder, definition, count, TimeProvider.System.GetUtcNow());
    }

    /// <summary>The trials that meet a condition, in an order, a page of them; whether or not a process runs the campaign.</summary>
    /// <remarks>
    /// A condition on a long campaign that nobody runs is answered by the index, as decision 0006 tells; everything else by the journal. The answer is the same.
    /// </remarks>
    /// <param name="folder">The campaign.</param>
    /// <param name="query">Which trials are wanted.</param>
    /// <param name="definition">Reads the definition.</param>
    /// <exception cref="FormatException">The condition cannot be understood, or the order is by a name that no trial has; the message says what would be right.</exception>
    /// <exception cref="StoreException">There is no campaign, its journal is damaged, or its search file cannot be understood.</exception>
    public static TrialPage ReadPage(CampaignFolder folder, TrialQuery query, Func<CampaignFolder, CampaignCreated, Search> definition) =>
        ReadPage(folder, query, definition, query?.Where is null ? BestTrials.IndexFrom : BestTrials.FilteredFrom);

    /// <summary>The same, with the index asked from some length of the journal on, in bytes.</summary>
    internal static TrialPage ReadPage(CampaignFolder folder, TrialQuery query, Func<CampaignFolder, CampaignCreated, Search> definition, long indexFrom)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(query);
        ArgumentNullException.ThrowIfNull(definition);
        if (query is { OrderBy: null, Descending: null, Take: { } take }
            && BestTrials.Read(folder, definition, query.Where, query.Skip, take, TimeProvider.System.GetUtcNow(), indexFrom) is { } best)
        {
            var ranked = Ranking.Rank(best.Trials, best.Search.Maximize).Select(entry => entry with { Rank = entry.Rank + query.Skip });
            return new TrialPage(best, [.. ranked], query.Where is null ? best.Trials.Length + best.Omitted : null);
        }

        var all = Read(folder, definition);
        var metrics = all.Trials.SelectMany(trial => trial.Metrics.Keys).Concat(all.Search.Goals.Select(goal => goal.Metric)).ToHashSet(StringComparer.Ordinal);
        var filter = query.Where is null ? null : TrialFilter.Parse(query.Where, all.Search);
        filter?.RequireMetrics(metrics);
        var matching = filter is null ? all.Trials : [.. all.Trials.Where(filter.Matches)];
        var ordered = Order(matching, query, all.Search, metrics);
        var page = ordered.Skip(query.Skip).Take(query.Take ?? int.MaxValue).ToArray();
        return new TrialPage(
            all with { Trials = [.. page.Select(entry => entry.Trial).OrderBy(trial => trial.Number)], Omitted = all.Trials.Length - page.Length }, page, matching.Length);
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
            throw new FormatException($"No trial has a metric or parameter \"{name}\".{Nearest.Hint(name, known)} Known: {Nearest.List(known)}.");
        }

        var with = trials.Where(trial => trial.Point.ContainsKey(name)).ToList();
        var byNumber = with.Where(trial => trial.Point[name].IsNumber).OrderBy(trial => trial.Point[name].Number);
        var byWord = with.Where(trial => !trial.Point[name].IsNumber).OrderBy(trial => trial.Point[name].ToString(), StringComparer.Ordinal);
        var inOrder = byNumber.Concat(byWord);
        return (query.Descending == true ? inOrder.Reverse() : inOrder).Concat(trials.Where(trial => !trial.Point.ContainsKey(name)))
            .Select((trial, index) => new RankedTrial(index + 1, trial, trial.RankValue is { } value && double.IsFinite(value) ? value : null));
    }

    /// <summary>The outcomes so far, in the order in which they were acknowledged, one at a time.</summary>
    /// <exception cref="StoreException">There is no campaign, or its journal is damaged.</exception>
    public static IEnumerable<Outcome> ReadOutcomes(CampaignFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return JournalOutcomes.Read(folder.JournalPath);
    }

    /// <summary>The folder that relative paths of a campaign's search file start from: where they did when it was created, or, for a campaign that was moved with its data, the same place seen from the campaign.</summary>
    public static string SearchFolder(CampaignFolder folder, CampaignCreated created)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(created);
        return Directory.Exists(created.SearchFolder) ? created.SearchFolder : Path.GetFullPath(created.RelativeSearchFolder, folder.Path);
    }
}
