using System.Globalization;
using System.Text;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Looks for files that are missing, and for files that nothing needs any more.</summary>
internal static class FolderCheckup
{
    /// <summary>Each file that is missing or left over.</summary>
    public static IEnumerable<Finding> Findings(CampaignFolder folder, JournalCheckup journal)
    {
        foreach (var link in folder.Links())
            yield return new Finding(FindingSeverity.Error, CampaignFolder.RefusalOf(link), false);
        if (Directory.Exists(folder.LockPath))
        {
            var isEmpty = !Directory.EnumerateFileSystemEntries(folder.LockPath).Any();
            var advice = isEmpty ? "" : " Something lies in it: move that elsewhere first.";
            yield return new Finding(FindingSeverity.Error, $"{LockIsFolder(folder)} so nobody can run the campaign.{advice}", isEmpty);
        }

        foreach (var path in Files(folder).Where(Directory.Exists))
        {
            var isEmpty = !Directory.EnumerateFileSystemEntries(path).Any();
            var advice = isEmpty ? "" : " Something lies in it: move it elsewhere.";
            yield return new Finding(FindingSeverity.Error, $"\"{path}\" is a folder, where a file belongs.{advice}", isEmpty);
        }

        if (SearchFault(folder, journal) is { } fault)
            yield return new Finding(FindingSeverity.Error, fault, false);
        if (!Path.Exists(folder.SearchPath))
        {
            var advice = journal.SearchText.Length > 0
                ? "The journal has its text as the campaign began; a repair restores that."
                : "Put the file back that the campaign was started from.";
            var message = $"The campaign's copy of its search file, \"{folder.SearchPath}\", is missing. {advice}";
            yield return new Finding(FindingSeverity.Error, message, journal.SearchText.Length > 0);
        }

        if (CampaignLock.IsOwned(folder))
        {
            var who = CampaignLock.Owner(folder) is { } owner ? $"It is being run by {owner.Describe()}." : "A process is running it.";
            yield return new Finding(FindingSeverity.Note, who, false);
            yield break; // files found from here on may be in use
        }

        foreach (var (path, why) in LeftOver(folder, journal))
            yield return new Finding(FindingSeverity.Warning, $"\"{path}\" is {why}.", true);
        if (journal is { HasOwnTrainer: true, Verdict: not null } && !Path.Exists(folder.ModelPath))
        {
            yield return new Finding(FindingSeverity.Warning, $"The winner's model, \"{folder.ModelPath}\", is missing; "
                + $"\"hypersearch resume {folder.Name}\" trains the winner again, with the same result, and keeps it.", false);
        }
    }

    /// <summary>Removes an empty folder that stands where the lock belongs.</summary>
    /// <exception cref="StoreException">Something lies in it.</exception>
    public static IEnumerable<string> FreeLock(CampaignFolder folder)
    {
        if (!Directory.Exists(folder.LockPath))
            return [];
        try
        {
            Directory.Delete(folder.LockPath);
            return [$"\"{folder.LockPath}\" was removed: it was a folder."];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"{LockIsFolder(folder)} and cannot be removed: {error.Message}", error);
        }
    }

    /// <summary>Removes empty folders that stand where files belong.</summary>
    public static IEnumerable<string> FreeFiles(CampaignFolder folder)
    {
        foreach (var path in Files(folder).Where(path => Directory.Exists(path) && !Directory.EnumerateFileSystemEntries(path).Any()))
        {
            Directory.Delete(path);
            yield return $"\"{path}\" was removed: it was a folder.";
        }
    }

    /// <summary>Restores the search file from the journal.</summary>
    public static IEnumerable<string> Restore(CampaignFolder folder, JournalCheckup journal)
    {
        if (Path.Exists(folder.SearchPath) || journal.SearchText.Length == 0)
            return [];
        AtomicFile.Write(folder.SearchPath, Encoding.UTF8.GetBytes(journal.SearchText));
        return [$"\"{folder.SearchPath}\" was restored from the journal, as it was when the campaign began."];
    }

    /// <summary>Removes the files that are left over.</summary>
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

    /// <summary>Files that readers and owners know what to say of when they are missing, but not when they are folders.</summary>
    private static IEnumerable<string> Files(CampaignFolder folder) => new[]
    {
        folder.SearchPath, folder.ModelPath, folder.IndexPath, folder.OwnerPath, folder.LivePath, folder.NotesPath,
    }.Where(path => !CampaignFolder.IsLink(path));

    /// <summary>Why no session resumes from the campaign's search file, although it validated when the campaign began.</summary>
    private static string? SearchFault(CampaignFolder folder, JournalCheckup journal)
    {
        if (journal.SearchText.Length == 0 || !File.Exists(folder.SearchPath) || CampaignFolder.IsLink(folder.SearchPath)
            || MistakeOf(() => SearchFile.Parse(journal.SearchText, folder.SearchPath, folder.Path)) is not null)
            return null;
        return MistakeOf(() => SearchFile.Read(folder.SearchPath)) is { } mistake
            ? $"Nothing resumes from the campaign's search file: {mistake} Correct it; or remove it, and a repair restores the text with "
                + "which the campaign began."
            : null;
    }

    private static SearchFileError? MistakeOf(Action read)
    {
        try
        {
            read();
            return null;
        }
        catch (SearchFileException wrong)
        {
            return wrong.Errors[0];
        }
    }

    private static string LockIsFolder(CampaignFolder folder) => $"\"{folder.LockPath}\" is a folder, where the owner's lock file belongs,";

    private static IEnumerable<(string Path, string Why)> LeftOver(CampaignFolder folder, JournalCheckup journal)
    {
        string[] replaced = [folder.OwnerPath, folder.LivePath, folder.JournalPath, folder.IndexPath + ".seal", folder.ModelPath,
            folder.NotesPath];
        foreach (var path in replaced.Select(path => path + ".new"))
        {
            if (File.Exists(path))
                yield return (path, "a file that was never finished");
        }

        if (Directory.Exists(folder.CheckpointsPath) && !CampaignFolder.IsLink(folder.CheckpointsPath) && journal.Planned is { } planned)
        {
            foreach (var path in Directory.EnumerateFileSystemEntries(folder.CheckpointsPath).Order(StringComparer.Ordinal))
            {
                var isTrial = int.TryParse(Path.GetFileName(path).Split('-')[0], NumberStyles.None,
                    CultureInfo.InvariantCulture, out var trial);
                if (!isTrial || (trial >= planned && !journal.Trials.Contains(trial)))
                {
                    yield return (path, isTrial
                        ? $"a checkpoint of trial {trial}, of {planned} that were asked for"
                        : "among the checkpoints but belongs to no trial");
                }
            }
        }

        foreach (var fault in journal.HasOwnTrainer ? CheckpointCheckup.Faults(folder, journal.Verdict) : [])
            yield return fault;

        if (Path.GetDirectoryName(folder.Path) is { } parent)
        {
            foreach (var path in Directory.EnumerateDirectories(parent, $".{folder.Name}.new-*").Order(StringComparer.Ordinal))
                yield return (path, "a campaign that was never finished being made");
        }
    }
}
