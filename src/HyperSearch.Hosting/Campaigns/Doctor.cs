using System.Collections.Immutable;
using HyperSearch.Hosting.Indexing;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Examines a campaign's folder and repairs damage where it can.</summary>
public static class Doctor
{
    /// <summary>Everything worth saying about a campaign's folder; errors first. Never writes.</summary>
    /// <exception cref="StoreException">There is no journal, or it cannot be opened.</exception>
    public static ImmutableArray<Finding> Examine(CampaignFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        if (!folder.Exists)
            throw new StoreException($"There is no campaign in \"{folder.Path}\": it has no journal.");
        var survey = JournalSurvey.Of(folder.JournalPath);
        var checkup = new JournalCheckup(folder, survey);
        var findings = new List<Finding>();
        findings.AddRange(checkup.Findings());
        findings.AddRange(FolderCheckup.Findings(folder, checkup));
        if (IndexSwitch.IsOn && survey.IsSound)
            findings.AddRange(IndexCheckup.Findings(folder, survey));
        return [.. findings.OrderByDescending(finding => finding.Severity)];
    }

    /// <summary>Repairs what <see cref="Examine"/> calls repairable.</summary>
    /// <remarks>
    /// Whole records are kept, and the next resume runs the jobs of damaged ones again; the search file is restored from the journal,
    /// the index is built anew, left-over files go. Nothing is done while a link leads out of the campaign's folder.
    /// </remarks>
    /// <returns>The repairs that were made, in sentences for people.</returns>
    /// <exception cref="StoreException">A living process owns the campaign, or its folder cannot be written.</exception>
    public static ImmutableArray<string> Repair(CampaignFolder folder, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(time);
        if (!folder.Exists)
            throw new StoreException($"There is no campaign in \"{folder.Path}\": it has no journal.");
        if (folder.Links().FirstOrDefault() is { } link)
            return [$"Nothing was repaired: {CampaignFolder.RefusalOf(link)}"];
        var done = new List<string>();
        done.AddRange(FolderCheckup.FreeLock(folder));
        done.AddRange(FolderCheckup.FreeFiles(folder));
        using (CampaignLock.Own(folder, CampaignOwner.Self(folder, time)))
        {
            var survey = JournalSurvey.Of(folder.JournalPath);
            var checkup = new JournalCheckup(folder, survey);
            if (!survey.IsSound)
            {
                if (!checkup.CanBeRewritten)
                    return [$"The journal \"{folder.JournalPath}\" cannot be repaired: {checkup.WhyNot} It was left as it is."];
                done.Add($"The journal was written anew from its {survey.Records.Length} whole records; "
                    + $"the damaged one is kept as \"{JournalRepair.Rewrite(folder, survey, time)}\".");
            }

            done.AddRange(FolderCheckup.Restore(folder, checkup));
            done.AddRange(FolderCheckup.Remove(folder, checkup));
        }

        if (!IndexSwitch.IsOn)
            return [.. done];
        if (Directory.Exists(folder.IndexPath))
            return [.. done]; // something lies in it: the campaign goes without an index
        if (done.Count > 0 || IndexCheckup.Findings(folder, JournalSurvey.Of(folder.JournalPath)).Any(finding => finding.Repairable))
            done.AddRange(BuildIndex(folder, time));
        return [.. done];
    }

    private static IEnumerable<string> BuildIndex(CampaignFolder folder, TimeProvider time)
    {
        using var held = CampaignLock.Own(folder, CampaignOwner.Self(folder, time));
        var campaign = Campaign.Open(folder, time);
        campaign.CatchUp();
        IndexFile.Delete(folder);
        using var index = CampaignIndex.Open(folder);
        index.Feed(campaign.Position.Offset, () => true);
        index.Close(campaign.History.Sessions.Elapsed);
        yield return "The index was built anew.";
    }
}
