using System.Collections.Immutable;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Searches;

/// <summary>Compares two definitions of a search: a campaign's own copy and the file as it is now.</summary>
public static class SearchDiff
{
    /// <summary>The differences between the two, in the order of a search file; empty when they would run the same campaign.</summary>
    /// <remarks>
    /// A campaign may go on with another name, other limits, more trials, other workers, another confirmation. It may not with another
    /// objective, metric, space, sampler, schedule, seed, number of slots, ordering or enqueued configurations: the new definition would
    /// have proposed other trials. Folders that paths start from are not compared, since campaigns can be moved.
    /// </remarks>
    /// <param name="campaign">The campaign's copy.</param>
    /// <param name="file">The file as it is now.</param>
    public static ImmutableArray<SearchDifference> Between(Search campaign, Search file)
    {
        ArgumentNullException.ThrowIfNull(campaign);
        ArgumentNullException.ThrowIfNull(file);
        Fact[] before = [.. SearchTable.File.Facts(campaign)], after = [.. SearchTable.File.Facts(file)];
        var (old, now) = (before.ToDictionary(fact => fact.Key, fact => fact.Value),
            after.ToDictionary(fact => fact.Key, fact => fact.Value));
        var changed = before.Concat(after.Where(fact => !old.ContainsKey(fact.Key)))
            .Where(fact => old.GetValueOrDefault(fact.Key) != now.GetValueOrDefault(fact.Key))
            .Select(fact =>
                new SearchDifference(fact.Key, old.GetValueOrDefault(fact.Key), now.GetValueOrDefault(fact.Key), fact.MayChange))
            .ToImmutableArray();
        return changed.IsEmpty && !before.Select(fact => fact.Key).SequenceEqual(after.Select(fact => fact.Key))
            ? [OrderOf(campaign, file)] : changed;
    }

    /// <summary>The same parameters in another order are other coordinates, so other trials.</summary>
    private static SearchDifference OrderOf(Search campaign, Search file) => new("space", Names(campaign), Names(file), MayChange: false);

    private static string Names(Search search) => string.Join(", ", search.Space.Parameters.Select(parameter => parameter.Name));
}

/// <summary>One thing that two definitions of a search say differently.</summary>
/// <param name="Key">Its place in a search file: <c>space.learning_rate</c>.</param>
/// <param name="Before">The words of the first; <c>null</c> when it has none.</param>
/// <param name="After">The words of the second; <c>null</c> when it has none.</param>
/// <param name="MayChange">Whether a campaign may go on with the second: it changes no trial that was proposed.</param>
public sealed record SearchDifference(string Key, string? Before, string? After, bool MayChange)
{
    /// <summary>The difference in a line: <c>method.trials: 120 -> 200</c>.</summary>
    public override string ToString() => $"{Key}: {Before ?? "(none)"} -> {After ?? "(none)"}";
}
