using System.Collections.Immutable;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Searches;

/// <summary>Compares two definitions of a search: a campaign's own copy and the file as it is now.</summary>
public static class SearchDiff
{
    private static readonly string[] Changeable = ["name", "method.trials", "method.workers", "confirm", "base_error", "objective.grace"];

    /// <summary>What the two say differently, in the order of a search file; empty when they would run the same campaign.</summary>
    /// <remarks>
    /// A campaign may go on with another name, other limits, more trials, other workers, another confirmation. It may not with another objective, metric, space, sampler, schedule, seed,
    /// number of slots, ordering or enqueued configurations: the trials it has would not be those that the new definition proposes.
    /// Folders that paths start from are not compared, since campaigns can be moved.
    /// </remarks>
    /// <param name="campaign">The campaign's copy.</param>
    /// <param name="file">The file as it is now.</param>
    public static ImmutableArray<SearchDifference> Between(Search campaign, Search file)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(file);
        var (before, after) = (SearchFacts.Of(campaign), SearchFacts.Of(file));
        var (old, now) = (before.ToDictionary(), after.ToDictionary());
        var changed = before.Concat(after.Where(fact => !old.ContainsKey(fact.Key))).Select(fact => fact.Key)
            .Where(key => old.GetValueOrDefault(key) != now.GetValueOrDefault(key))
            .Select(key => new SearchDifference(key, old.GetValueOrDefault(key), now.GetValueOrDefault(key), MayChange(key)))
            .ToImmutableArray();
        return changed.IsEmpty && !before.Select(fact => fact.Key).SequenceEqual(after.Select(fact => fact.Key)) ? [OrderOf(campaign, file)] : changed;
    }

    private static bool MayChange(string key) => Changeable.Contains(key) || key.StartsWith("limits.", StringComparison.Ordinal);

    /// <summary>The same parameters in another order are other coordinates, so other trials.</summary>
    private static SearchDifference OrderOf(Search campaign, Search file) => new("space", Names(campaign), Names(file), MayChange: false);

    private static string Names(Search search) => string.Join(", ", search.Space.Parameters.Select(parameter => parameter.Name));
}
