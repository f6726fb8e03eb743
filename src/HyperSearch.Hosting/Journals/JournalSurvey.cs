using System.Collections.Immutable;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Journals;

/// <summary>The records of a journal and its damage.</summary>
internal sealed record JournalSurvey
{
    /// <summary>The fault of its header, in words; <c>null</c> when there is none.</summary>
    public string? HeaderFault { get; init; }

    /// <summary>The offsets of the whole records, in order.</summary>
    public required ImmutableArray<long> Records { get; init; }

    /// <summary>Stretches of bytes between whole records that belong to none: from, to.</summary>
    public required ImmutableArray<(long From, long To)> Holes { get; init; }

    /// <summary>The end of the last whole record, in bytes.</summary>
    public required long End { get; init; }

    /// <summary>The file's length.</summary>
    public required long Length { get; init; }

    /// <summary>Whether nothing is wrong but, perhaps, a write that was cut short at the end.</summary>
    public bool IsSound => HeaderFault is null && Holes.IsEmpty;

    /// <summary>Looks through a whole journal.</summary>
    /// <exception cref="StoreException">It cannot be opened.</exception>
    public static JournalSurvey Of(string path)
    {
        using var journal = new JournalReader(path, anyHeader: true);
        var records = ImmutableArray.CreateBuilder<long>();
        var holes = ImmutableArray.CreateBuilder<(long, long)>();
        long end = JournalFormat.HeaderSize;
        for (long? next = end; next is { } at && at < journal.Length;)
        {
            if (!journal.TryAt(at, out var record))
            {
                next = JournalScan.Next(journal, at + 1);
                continue;
            }

            if (at > end)
                holes.Add((end, at));
            records.Add(at);
            next = end = at + record.Length;
        }

        return new JournalSurvey
        {
            HeaderFault = journal.HeaderFault,
            Records = records.ToImmutable(),
            Holes = holes.ToImmutable(),
            End = end,
            Length = journal.Length
        };
    }
}
