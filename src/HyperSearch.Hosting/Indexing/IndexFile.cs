using System.Globalization;
using HyperSearch.Hosting.Stores;
using LiteDB;

namespace HyperSearch.Hosting.Indexing;

/// <summary>The index as a file.</summary>
internal static class IndexFile
{
    /// <summary>Opens it. Only an owner may, or a reader that keeps owners out.</summary>
    public static LiteDatabase Open(CampaignFolder folder, bool readOnly)
    {
        var database = new LiteDatabase(new ConnectionString
        {
            Filename = folder.IndexPath,
            Connection = ConnectionType.Direct,
            ReadOnly = readOnly,
            Collation = new Collation(CultureInfo.InvariantCulture.LCID, CompareOptions.None),
        });
        if (!readOnly)
            database.UtcDate = true;
        return database;
    }

    /// <summary>Deletes it, its log and its seal with it.</summary>
    public static void Delete(CampaignFolder folder)
    {
        IndexSeal.Break(folder);
        File.Delete(folder.IndexPath);
        File.Delete(LogPath(folder));
    }

    /// <summary>Where LiteDB keeps what it has not yet written into the index; gone once the index was closed.</summary>
    public static string LogPath(CampaignFolder folder) => Path.ChangeExtension(folder.IndexPath, null) + "-log.db";

    /// <summary>Whether an exception means that the index is unusable, which is never fatal: LiteDB meets damaged pages with whatever comes.</summary>
    public static bool IsFault(Exception error) => error is not OutOfMemoryException;
}
