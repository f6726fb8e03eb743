namespace HyperSearch.Hosting.Stores;

/// <summary>How much of the disk a campaign takes, in bytes.</summary>
/// <param name="Journal">The journal.</param>
/// <param name="Index">The LiteDB index and its log.</param>
/// <param name="Checkpoints">All checkpoints together.</param>
/// <param name="CheckpointFolders">How many folders those are in, one for each trial or repeat that has any.</param>
/// <param name="Logs">What commands printed.</param>
public readonly record struct CampaignSizes(long Journal, long Index, long Checkpoints, int CheckpointFolders, long Logs)
{
    private static readonly EnumerationOptions WithoutLinks = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.ReparsePoint, // what lies behind a link is not the campaign's
    };

    /// <summary>Measures a campaign; what is removed meanwhile counts as nothing.</summary>
    /// <param name="folder">The campaign.</param>
    public static CampaignSizes Of(CampaignFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var folders = Directory.Exists(folder.CheckpointsPath) ? Directory.EnumerateDirectories(folder.CheckpointsPath).Count() : 0;
        return new CampaignSizes(Length(new FileInfo(folder.JournalPath)),
            Length(new FileInfo(folder.IndexPath)) + Length(new FileInfo(folder.IndexLogPath)),
            Below(folder.CheckpointsPath), folders, Below(folder.LogFolder));
    }

    private static long Below(string path) =>
        Directory.Exists(path) ? new DirectoryInfo(path).EnumerateFiles("*", WithoutLinks).Sum(Length) : 0;

    private static long Length(FileInfo file)
    {
        try
        {
            return file.Exists ? file.Length : 0;
        }
        catch (FileNotFoundException)
        {
            return 0; // it was removed between the two questions
        }
    }
}
