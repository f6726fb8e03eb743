using System.Globalization;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Looks for files that are missing or that nothing needs any more.</summary>
internal static class FolderCheckup
{
    /// <summary>What is missing or left over.</summary>
    public static IEnumerable<Finding> Findings(CampaignFolder folder, JournalCheckup journal)
    {
        if (!File.Exists(folder.SearchPath))
            yield return new Finding(FindingSeverity.Error, $"The campaign's copy of its search file, \"{folder.SearchPath}\", is missing. Put the file back that the campaign was started from.", false);
        if (CampaignLock.IsOwned(folder))
        {
            yield return new Finding(FindingSeverity.Note, CampaignLock.Owner(folder) is { } owner ? $"It is being run by {owner.Describe()}." : "A process is running it.", false);
            yield break; // what follows may be in use
        }

        foreach (var (path, why) in LeftOver(folder, journal))
            yield return new Finding(FindingSeverity.Warning, $"\"{path}\" is {why}.", true);
    }

    /// <summary>Removes what is left over.</summary>
    public static IEnumerable<string> Remove(CampaignFolder folder, JournalCheckup journal)
    {
        foreach (var (path, why) in LeftOver(folder, journal).ToList())
        {
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            else
                File.Delete(path);
            yield return $"\"{path}\" was removed: {why}.";
        }
    }

    private static IEnumerable<(string Path, string Why)> LeftOver(CampaignFolder folder, JournalCheckup journal)
    {
        foreach (var path in (string[])[folder.OwnerPath + ".new", folder.LivePath + ".new", folder.JournalPath + ".new", folder.IndexPath + ".seal.new", folder.ModelPath + ".new"])
        {
            if (File.Exists(path))
                yield return (path, "a file that was never finished");
        }

        if (Directory.Exists(folder.CheckpointsPath) && journal.Planned is { } planned)
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(folder.CheckpointsPath).Order(StringComparer.Ordinal))
            {
                var isTrial = int.TryParse(Path.GetFileName(path).Split('-')[0], NumberStyles.None, CultureInfo.InvariantCulture, out var trial);
                if (!isTrial || (trial >= planned && !journal.Trials.Contains(trial)))
                    yield return (path, isTrial ? $"a checkpoint of trial {trial}, of {planned} that were asked for" : "among the checkpoints but belongs to no trial");
            }
        }

        foreach (var fault in journal.HasOwnTrainer ? CheckpointCheckup.Faults(folder) : [])
            yield return fault;

        if (Path.GetDirectoryName(folder.Path) is { } parent)
        {
            foreach (var path in Directory.EnumerateDirectories(parent, $".{folder.Name}.new-*").Order(StringComparer.Ordinal))
                yield return (path, "a campaign that was never finished being made");
        }
    }
}
