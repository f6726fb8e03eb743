using HyperSearch.Hosting.Indexing;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Compares the index with the journal.</summary>
internal static class IndexCheckup
{
    /// <summary>The faults of the index. Nothing depends on it, so none is an error.</summary>
    public static IEnumerable<Finding> Findings(CampaignFolder folder, JournalSurvey survey)
    {
        using var free = CampaignLock.TryShare(folder);
        if (free is null && CampaignLock.IsOwned(folder))
            return [];
        return Fault(folder, survey) is { } fault
            ? [new Finding(FindingSeverity.Note,
                $"The index {fault}; readers take the journal, and the next resume or a repair brings it up to date.", true)]
            : [];
    }

    private static string? Fault(CampaignFolder folder, JournalSurvey survey)
    {
        if (!File.Exists(folder.IndexPath))
            return "is missing";
        try
        {
            if (!IndexSeal.Holds(folder))
                return "is damaged, or was not closed in order because its owner was killed";
            using var file = IndexFile.Open(folder, readOnly: true);
            var database = file.Database;
            if (database.UserVersion != CampaignIndex.Schema)
                return "has another version";
            if (IndexState.Load(database) is not { } state || state.Journal != IndexState.Fingerprint(folder) || state.Offset > survey.End)
                return "belongs to another journal";
            return state.Records < survey.Records.Length ? $"is {survey.Records.Length - state.Records} records behind" : null;
        }
        catch (Exception error) when (IndexFile.IsFault(error))
        {
            return $"cannot be read ({error.Message})";
        }
    }
}
