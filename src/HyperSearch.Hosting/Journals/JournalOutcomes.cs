using HyperSearch.Planning;

namespace HyperSearch.Hosting.Journals;

/// <summary>The outcomes of a journal, one after the other.</summary>
internal static class JournalOutcomes
{
    /// <summary>Reads outcomes up to an offset.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="end">Where to stop, in bytes.</param>
    public static IEnumerable<Outcome> Read(string path, long end = long.MaxValue)
    {
        using var journal = new JournalReader(path);
        var reader = new OutcomeDecoder();
        while (Next(journal, reader, end) is { } outcome)
            yield return outcome;
    }

    private static Outcome? Next(JournalReader journal, OutcomeDecoder reader, long end)
    {
        while (journal.Position < end && journal.TryRead(out var record))
        {
            if (record.Kind == RecordKind.Outcome)
                return reader.Read(record);
        }

        return null;
    }
}
