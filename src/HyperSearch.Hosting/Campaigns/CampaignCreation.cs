using System.Text;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Makes a campaign's folder beside its place and moves it there whole, so that nothing half-made is ever found.</summary>
internal static class CampaignCreation
{
    /// <inheritdoc cref="Campaign.Create(CampaignFolder, string, CampaignCreated)"/>
    public static void Create(CampaignFolder folder, string searchText, CampaignCreated created)
    {
        ArgumentNullException.ThrowIfNull(searchText);
        ArgumentNullException.ThrowIfNull(created);
        RefuseExisting(folder);
        var parent = Path.GetDirectoryName(folder.Path)
            ?? throw new StoreException($"A campaign cannot be the root folder \"{folder.Path}\".");
        var unfinished = new CampaignFolder(Path.Combine(parent, $".{folder.Name}.new-{Path.GetRandomFileName()}"));
        try
        {
            Directory.CreateDirectory(unfinished.Path);
            Fill(unfinished, searchText, created);
            Directory.Move(unfinished.Path, folder.Path);
            DirectorySync.Flush(parent);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StoreException)
        {
            Discard(unfinished.Path);
            RefuseExisting(folder);
            throw new StoreException($"The campaign \"{folder.Name}\" cannot be made in \"{parent}\": {error.Message} Nothing was left "
                + "behind.", error);
        }
    }

    private static void RefuseExisting(CampaignFolder folder)
    {
        if (folder.Exists)
            throw new StoreException($"The campaign \"{folder.Name}\" exists already in \"{folder.Path}\".");
        if (Path.Exists(folder.Path))
            throw new StoreException($"\"{folder.Path}\" exists already, and is not a campaign.");
    }

    private static void Fill(CampaignFolder folder, string searchText, CampaignCreated created)
    {
        using (var search = JournalWriter.OpenFile(folder.SearchPath, FileMode.Create))
        {
            search.Write(Encoding.UTF8.GetBytes(searchText));
            search.Flush(flushToDisk: true);
        }

        FileJournal.Create(folder.JournalPath);
        using (var journal = new FileJournal(folder.JournalPath))
        {
            journal.Own(journal.Start);
            journal.Append(created with { SearchText = searchText });
            journal.Flush();
        }

        File.WriteAllBytes(folder.LockPath, []);
        DirectorySync.Flush(folder.Path);
    }

    private static void Discard(string path)
    {
        if (Directory.Exists(path))
            Directory.Delete(path, recursive: true);
    }
}
