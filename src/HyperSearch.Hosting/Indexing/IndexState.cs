using System.Globalization;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using LiteDB;

namespace HyperSearch.Hosting.Indexing;

/// <summary>The progress of an index through its journal.</summary>
/// <param name="Journal">The journal that it follows: the checksum of its first record.</param>
/// <param name="Offset">The end of the part that it has taken in, in bytes.</param>
/// <param name="Records">How many records it has taken in.</param>
/// <param name="Elapsed">Wall time over all sessions.</param>
/// <param name="Repeats">How many of the records are repeats on fresh seeds.</param>
internal sealed record IndexState(string Journal, long Offset, long Records, TimeSpan Elapsed, long Repeats)
{
    private const string Collection = "state";

    /// <summary>Reads it; <c>null</c> when there is none.</summary>
    public static IndexState? Load(LiteDatabase database) => database.GetCollection(Collection).FindById(0) is { } document
        ? new IndexState(document["journal"].AsString, document["offset"].AsInt64, document["records"].AsInt64,
            TimeSpan.FromTicks(document["elapsed_ticks"].AsInt64), document["repeats"].AsInt64)
        : null;

    /// <summary>Writes it.</summary>
    public void Save(LiteDatabase database) => database.GetCollection(Collection).Upsert(new BsonDocument
    {
        ["_id"] = 0,
        ["journal"] = Journal,
        ["offset"] = Offset,
        ["records"] = Records,
        ["elapsed_ticks"] = Elapsed.Ticks,
        ["repeats"] = Repeats,
    });

    /// <summary>A mark that tells the journal of a campaign from every other.</summary>
    public static string Fingerprint(CampaignFolder folder)
    {
        using var journal = new JournalReader(folder.JournalPath);
        Span<byte> checksum = stackalloc byte[8];
        _ = journal.ReadAt(checksum, JournalFormat.HeaderSize);
        return BitConverter.ToUInt64(checksum).ToString("x16", CultureInfo.InvariantCulture);
    }
}
