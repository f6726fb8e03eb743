using HyperSearch.Analysis;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Searches.Grammar;
using HyperSearch.Planning;
using HyperSearch.Schedules;

namespace HyperSearch.Hosting.Searches;

/// <summary>
/// Compares campaigns by their searches: those whose definitions differ in nothing but the name, the seed and the number of workers are
/// repetitions of each other.
/// </summary>
public static class SearchComparison
{
    /// <summary>Compares campaigns; repetitions form a group, named as a search file would say it.</summary>
    /// <param name="snapshots">One or more.</param>
    /// <exception cref="ArgumentException">There is none.</exception>
    public static Comparison Of(IReadOnlyList<CampaignSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        var kinds = snapshots.GroupBy(snapshot => Kind(snapshot.Search), StringComparer.Ordinal)
            .Select(kind => (kind.Key, First: kind.First(), Label: Label(kind.First().Search))).ToArray();
        var labels = kinds.ToDictionary(
            kind => kind.Key,
                kind => kinds.Count(other => other.Label == kind.Label) > 1 ? $"{kind.Label}, like {kind.First.Name}" : kind.Label,
                StringComparer.Ordinal);
        return Comparison.Of(snapshots, snapshot => labels[Kind(snapshot.Search)]);
    }

    private static string Kind(Search search) =>
        string.Join('\n',
            SearchTable.File.Facts(search).Where(fact => fact.Key is not ("name" or "method.seed" or "method.workers"))
            .Select(fact => $"{fact.Key}: {fact.Value}"));

    private static string Label(Search search)
    {
        var schedule = search.Schedule is FullSchedule ? "" : $", {SearchGrammar.Schedules.Describe(search.Schedule)}";
        return $"{search.Name}, {SearchGrammar.Samplers.Describe(search.Sampler)}{schedule}, {search.Trials} trials";
    }
}
