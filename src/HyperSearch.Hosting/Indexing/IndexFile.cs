using System.Globalization;
using HyperSearch.Hosting.Stores;
using LiteDB;
using LiteDB.Engine;

namespace HyperSearch.Hosting.Indexing;

/// <summary>The index as an open file. Only an owner may open it, or a reader that keeps owners out.</summary>
internal sealed class IndexFile : IDisposable
{
    private readonly IndexStream _data;
    private readonly Stream _log;

    private IndexFile(IndexStream data, Stream log, bool readOnly)
    {
        (_data, _log) = (data, log);
        try
        {
            Database = new LiteDatabase(new LiteEngine(new EngineSettings
            {
                DataStream = data,
                LogStream = log,
                ReadOnly = readOnly,
                Collation = new Collation(CultureInfo.InvariantCulture.LCID, CompareOptions.None),
            }));
            if (!readOnly)
                Database.UtcDate = true;
        }
        catch
        {
            _log.Dispose();
            _data.Dispose();
            throw;
        }
    }

    /// <summary>The database.</summary>
    public LiteDatabase Database { get; }

    /// <summary>The reason why the files differ from the bytes written; <c>null</c> while they do not.</summary>
    public string? Fault => _data.Fault ?? (_log as IndexStream)?.Fault;

    /// <summary>Opens it.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="readOnly">Whether it is only read.</param>
    /// <param name="room">How many bytes the disk takes for each of its files, for tests of a full one.</param>
    public static IndexFile Open(CampaignFolder folder, bool readOnly, long room = long.MaxValue)
    {
        var data = new IndexStream(folder.IndexPath, readOnly, room);
        try
        {
            return new IndexFile(data, readOnly ? new MemoryStream() : new IndexStream(LogPath(folder), readOnly: false, room), readOnly);
        }
        catch
        {
            data.Dispose();
            throw;
        }
    }

    /// <summary>Deletes it, its log and its seal with it.</summary>
    public static void Delete(CampaignFolder folder)
    {
        IndexSeal.Break(folder);
        File.Delete(folder.IndexPath);
        File.Delete(LogPath(folder));
    }

    /// <summary>The file where LiteDB keeps pages that it has not yet written into the index; gone once the index was closed.</summary>
    public static string LogPath(CampaignFolder folder) => folder.IndexLogPath;

    /// <summary>Whether an exception means that the index is unusable, which is never fatal: LiteDB meets damaged pages with whatever
    /// comes.</summary>
    public static bool IsFault(Exception error) => error is not OutOfMemoryException;

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Database.Dispose();
        }
        finally
        {
            _log.Dispose();
            _data.Dispose();
        }
    }
}
