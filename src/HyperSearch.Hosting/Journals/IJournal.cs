using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Journals;

/// <summary>The facts of a campaign, kept in the order in which they were acknowledged. Audited: a journal that fails stops its
/// campaign.</summary>
/// <remarks>
/// Anyone may read, any number of times; one owner appends. An entry counts once <see cref="Flush"/> has returned, and survives any kill
/// from then on. Not thread-safe. The test class of an implementation derives from <c>JournalContract</c>.
/// </remarks>
internal interface IJournal : IDisposable
{
    /// <summary>The position before the first entry.</summary>
    JournalPosition Start { get; }

    /// <summary>Reads the flushed entries, in order.</summary>
    /// <param name="from">The place to go on from: the position of an entry that was read, or the default for the first.</param>
    /// <exception cref="StoreException">There is no journal, it is damaged, or it has become shorter than
    /// <paramref name="from"/>.</exception>
    IEnumerable<JournalEntry> Read(JournalPosition from = default);

    /// <summary>Takes the journal for appending: bytes after its last whole entry, which were never acknowledged, are cut
    /// off.</summary>
    /// <param name="end">The position of the last entry that <see cref="Read"/> gives.</param>
    /// <returns>How many bytes were cut off.</returns>
    /// <exception cref="IOException">The journal cannot be written.</exception>
    long Own(JournalPosition end);

    /// <summary>Puts an event into the group in hand.</summary>
    void Append(CampaignEvent entry);

    /// <summary>Puts an outcome into the group in hand.</summary>
    /// <exception cref="ArgumentException">A value, a metric or a parameter is NaN or infinite.</exception>
    void Append(Outcome outcome);

    /// <summary>Keeps the group in hand, whole or not at all, and returns when it is durable.</summary>
    /// <returns>The position of its last entry.</returns>
    /// <exception cref="StoreException">The group could not be kept and is dropped; the groups acknowledged before stay.</exception>
    JournalPosition Flush();

    /// <summary>Drops the group in hand.</summary>
    void Forget();
}

/// <summary>An entry of a journal: an event or an outcome.</summary>
/// <param name="Position">Its end, where reading goes on.</param>
/// <param name="Event">The event; <c>null</c> where the entry is an outcome.</param>
/// <param name="Outcome">The outcome; <c>null</c> where the entry is an event.</param>
internal readonly record struct JournalEntry(JournalPosition Position, CampaignEvent? Event, Outcome? Outcome);

/// <summary>A place between two entries of a journal; the default is the one before the first.</summary>
/// <param name="Offset">In the journal's own measure: bytes in a file.</param>
/// <param name="Records">How many entries stand before it.</param>
internal readonly record struct JournalPosition(long Offset, long Records);
