using HyperSearch.Analysis;
using HyperSearch.Hosting.Objectives;
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
    public static CampaignComparison Of(IReadOnlyList<CampaignSnapshot> snapshots)
    {
        ArgumentNullException.ThrowIfNull(snapshots);
        var kinds = snapshots.GroupBy(snapshot => Kind(snapshot.Search), StringComparer.Ordinal)
            .Select(kind => (kind.Key, First: kind.First(), Label: Label(kind.First().Search))).ToArray();
        var labels = kinds.ToDictionary(
            kind => kind.Key,
                kind => kinds.Count(other => other.Label == kind.Label) > 1 ? $"{kind.Label}, like {kind.First.Name}" : kind.Label,
                StringComparer.Ordinal);
        return CampaignComparison.Of(snapshots, snapshot => labels[Kind(snapshot.Search)]);
    }

    /// <summary>Why the values of campaigns do not compare: other metrics, or other data; <c>null</c> where they do.</summary>
    /// <remarks>Under one seed the fingerprints tell. Under several, which deal the rows each in its own way, the files that the searches
    /// name do.</remarks>
    public static string? Refusal(IReadOnlyList<CampaignSnapshot> snapshots)
    {
        if (CampaignComparison.Refusal(snapshots) is { } refusal)
            return refusal;
        var trained = snapshots.Where(snapshot => snapshot.Search.Objective is TrainingDefinition).ToArray();
        var first = trained.FirstOrDefault();
        var other = trained.FirstOrDefault(snapshot => SourceOf(snapshot) != SourceOf(first!)
            && snapshot.DataFingerprint != first!.DataFingerprint);
        return other is null
            ? null
            : $"{first!.Name} learns from {SourceOf(first)}, {other.Name} from {SourceOf(other)}: their values do not compare. " +
                "Compare campaigns on the same data.";
    }

    /// <summary>The files that a campaign learns from, by their names, because a campaign and its data may have moved.</summary>
    private static string SourceOf(CampaignSnapshot snapshot)
    {
        var data = ((TrainingDefinition)snapshot.Search.Objective).Data;
        string?[] paths = [data.Path, data.Train, data.Dev, data.Test, data.Images, data.Labels, data.DevImages];
        return string.Join(", ",
            paths.OfType<string>().Select(path => Path.GetFileName(path.TrimEnd('/', '\\'))).DefaultIfEmpty("generated rows"));
    }

    private static string Kind(Search search) =>
        string.Join('\n',
            SearchTable.File.Facts(search).Where(fact => fact.Key is not ("name" or "method.seed" or "method.workers"))
            .Select(fact => $"{fact.Key}: {fact.Value}"));

    private static string Label(Search search)
    {
        var schedule = search.Schedule is FullSchedule ? "" : $", {SearchGrammar.Schedules.Describe(search.Schedule)}";
        return $"{search.Name}, {SearchGrammar.Samplers.Describe(search.Sampler)}{schedule}, {Figures.Count(search.Trials, "trial")}";
    }
}
