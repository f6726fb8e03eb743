using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using LiteDB;

namespace HyperSearch.Hosting.Indexing;

/// <summary>Asks the index of a campaign that nobody owns.</summary>
internal static class IndexQuery
{
    /// <summary>The best trials: where their outcomes, and all events, stand in the journal.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="count">How many trials.</param>
    /// <param name="maximize">Whether more is better.</param>
    /// <param name="fullBudget">The full budget, in epochs.</param>
    /// <returns>
    /// <c>null</c> when the journal has to be read instead: somebody owns the campaign, the index is missing, behind, damaged or not closed in order, fewer
    /// trials than that completed the full budget, or the last place is shared.
    /// </returns>
    public static IndexAnswer? Best(CampaignFolder folder, int count, bool maximize, int fullBudget)
    {
        if (!File.Exists(folder.IndexPath))
            return null;
        using var free = CampaignLock.TryShare(folder);
        if (free is null)
            return null;
        try
        {
            if (!IndexSeal.Holds(folder))
                return null;
            using var database = IndexFile.Open(folder, readOnly: true);
            if (database.UserVersion != CampaignIndex.Schema || IndexState.Load(database) is not { } state || !IsCurrent(folder, state))
                return null;
            var trials = database.GetCollection(IndexDocuments.Trials);
            var found = trials.Query()
                .Where($"{IndexDocuments.Value} >= @0 AND {IndexDocuments.State} = @1 AND {IndexDocuments.ToEpochs} >= @2",
                    double.MinValue, IndexDocuments.Word(OutcomeState.Completed), fullBudget)
                .OrderBy(IndexDocuments.Value, maximize ? Query.Descending : Query.Ascending)
                .Limit(count + 1)
                .ToList();
            if (found.Count <= count || found[count][IndexDocuments.Value] == found[count - 1][IndexDocuments.Value])
                return null;
            return new IndexAnswer(
                [.. database.GetCollection(IndexDocuments.Events).FindAll().Select(entry => entry["_id"].AsInt64)],
                [.. found.Take(count).SelectMany(trial => trial[IndexDocuments.At].AsArray).Select(offset => offset.AsInt64).Order()],
                trials.Count(),
                state.Elapsed);
        }
        catch (Exception error) when (IndexFile.IsFault(error))
        {
            return null; // the journal has it all
        }
    }

    private static bool IsCurrent(CampaignFolder folder, IndexState state) =>
        state.Offset == new FileInfo(folder.JournalPath).Length && state.Journal == IndexState.Fingerprint(folder);
}
