using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using LiteDB;

namespace HyperSearch.Hosting.Indexing;

/// <summary>The LiteDB index of a campaign, as its owner has it: it is derived from the journal, remembers how far it got, and is rebuilt
/// when in doubt.</summary>
/// <remarks>
/// LiteDB acknowledges before it is durable and keeps no checksums, so an index counts only when its owner closed it in order and its
/// bytes have not changed since; any other is deleted. Not thread-safe; transactions belong to a thread, so one thread feeds it.
/// </remarks>
internal sealed class CampaignIndex : IDisposable
{
    /// <summary>The version of the documents; another one is rebuilt.</summary>
    public const int Schema = 5;

    /// <summary>The number of records in one transaction.</summary>
    public const int Batch = 2_000;

    private readonly CampaignFolder _folder;
    private readonly IndexFile _file;
    private readonly JobDecoder _decoder = new();
    private readonly string _journal;
    private long _repeats;

    private CampaignIndex(CampaignFolder folder, IndexFile file, IndexState state)
    {
        (_folder, _file, _journal, _repeats, Offset, Records) = (folder, file, state.Journal, state.Repeats, state.Offset, state.Records);
        IndexSeal.Break(folder);
    }

    /// <summary>The end of the journal's part that it has taken in, in bytes.</summary>
    public long Offset { get; private set; }

    /// <summary>How many records it has taken in.</summary>
    public long Records { get; private set; }

    /// <summary>Opens the index for its campaign's owner; an index that cannot be trusted is made anew.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="room">How many bytes the disk takes, for tests of a full one.</param>
    public static CampaignIndex Open(CampaignFolder folder, long room = long.MaxValue)
    {
        var journal = IndexState.Fingerprint(folder);
        try
        {
            if (IndexSeal.Holds(folder))
            {
                var kept = IndexFile.Open(folder, readOnly: false, room);
                if (IndexState.Load(kept.Database) is { } state && state.Journal == journal && kept.Database.UserVersion == Schema)
                    return new CampaignIndex(folder, kept, state);
                kept.Dispose();
            }
        }
        catch (Exception error) when (IndexFile.IsFault(error))
        {
            // The journal has all of it, so any fault has one cure: it is made anew below.
        }

        IndexFile.Delete(folder);
        var made = IndexFile.Open(folder, readOnly: false, room);
        made.Database.UserVersion = Schema;
        made.Database.GetCollection(IndexDocuments.Trials).EnsureIndex(IndexDocuments.Value);
        return new CampaignIndex(folder, made, new IndexState(journal, 0, 0, TimeSpan.Zero, 0));
    }

    /// <summary>Takes in the records that the journal has beyond <see cref="Offset"/>, a batch a transaction.</summary>
    /// <param name="end">The end of the last acknowledged group, in bytes.</param>
    /// <param name="onward">Asks after each batch whether to go on.</param>
    public void Feed(long end, Func<bool> onward)
    {
        using var journal = new JournalReader(_folder.JournalPath, Offset, Records);
        bool more;
        do
        {
            more = journal.Position < end && Take(journal, end);
            RefuseAFault();
        }
        while (more && onward());
    }

    /// <summary>Closes it in order and seals it; from now on it may be trusted up to <see cref="Offset"/>.</summary>
    /// <param name="elapsed">Wall time over all sessions.</param>
    public void Close(TimeSpan elapsed)
    {
        SaveState(elapsed);
        Database.Checkpoint();
        _file.Dispose();
        RefuseAFault();
        File.Delete(IndexFile.LogPath(_folder));
        IndexSeal.Put(_folder);
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private LiteDatabase Database => _file.Database;

    private void RefuseAFault()
    {
        if (_file.Fault is { } fault)
            throw new IOException(fault);
    }

    private bool Take(JournalReader journal, long end)
    {
        var trials = Database.GetCollection(IndexDocuments.Trials);
        var (fresh, grown, events) = (new Dictionary<int, BsonDocument>(), new Dictionary<int, BsonDocument>(), new List<BsonDocument>());
        var highest = trials.Find(Query.All(Query.Descending), limit: 1).FirstOrDefault()?["_id"].AsInt32 ?? -1;
        var taken = 0;
        while (taken < Batch && journal.Position < end && journal.TryRead(out var record))
        {
            taken++;
            if (record.Kind != RecordKind.Outcome)
            {
                events.Add(new BsonDocument { ["_id"] = record.Offset });
                continue;
            }

            var outcome = _decoder.Read(record);
            if (outcome.Repeat > 0)
                _repeats++;
            if (fresh.GetValueOrDefault(outcome.Trial) is { } earlier)
                fresh[outcome.Trial] = IndexDocuments.After(earlier, outcome, record.Offset);
            else if (outcome.Trial <= highest && (grown.GetValueOrDefault(outcome.Trial) ?? trials.FindById(outcome.Trial)) is { } stored)
                grown[outcome.Trial] = IndexDocuments.After(stored, outcome, record.Offset);
            else
                fresh[outcome.Trial] = IndexDocuments.After(null, outcome, record.Offset);
        }

        if (taken == 0)
            return false;
        Database.BeginTrans();
        trials.InsertBulk(fresh.Values, fresh.Count + 1);
        trials.Update(grown.Values);
        Database.GetCollection(IndexDocuments.Events).Insert(events);
        (Offset, Records) = (journal.Position, journal.Records);
        SaveState(TimeSpan.Zero);
        Database.Commit();
        return true;
    }

    private void SaveState(TimeSpan elapsed) => new IndexState(_journal, Offset, Records, elapsed, _repeats).Save(Database);
}
