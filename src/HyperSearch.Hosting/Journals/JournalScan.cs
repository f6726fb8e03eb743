namespace HyperSearch.Hosting.Journals;

/// <summary>Finds whole records again behind damaged bytes.</summary>
internal static class JournalScan
{
    /// <summary>Finds the next whole record.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="from">The first offset to look at.</param>
    /// <returns>Its offset; <c>null</c> when none follows.</returns>
    public static long? Next(JournalReader journal, long from)
    {
        var chunk = new byte[1 << 16];
        for (var start = from; ; start += chunk.Length - 2 * JournalFormat.RecordHeaderSize)
        {
            var count = journal.ReadAt(chunk, start);
            for (var at = 0; ; at++)
            {
                var found = chunk.AsSpan(at, count - at).IndexOf(JournalFormat.Marker);
                if (found < 0)
                    break;
                at += found;
                var offset = start + at - JournalFormat.MarkerOffset;
                if (offset >= from && journal.TryAt(offset, out _))
                    return offset;
            }

            if (count < chunk.Length)
                return null;
        }
    }

    /// <summary>Finds the first whole record whose group began after a damaged record.</summary>
    /// <param name="journal">The journal.</param>
    /// <param name="damaged">The offset of the damaged record.</param>
    public static long? NextGroup(JournalReader journal, long damaged)
    {
        var offset = Next(journal, damaged + 1);
        while (offset is { } at)
        {
            if (!journal.TryAt(at, out var record))
                offset = Next(journal, at + 1);
            else if (JournalFormat.GroupOf(record, at) > damaged)
                return at;
            else
                offset = at + record.Length < journal.Length ? at + record.Length : null;
        }

        return null;
    }
}
