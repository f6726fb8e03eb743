using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Journals;

/// <summary>A journal in a file that is only ever appended to; the group of a flush costs one fsync.</summary>
/// <param name="path">The file. <see cref="Create"/> makes it.</param>
/// <param name="leavesCurves">Whether the learning curves of the outcomes that it reads stay in the file until they are asked for.</param>
internal sealed class FileJournal(string path, bool leavesCurves = false) : IJournal
{
    private readonly JobDecoder _decoder = new(leavesCurves ? new JournalCurves(path) : null);
    private JobEncoder? _encoder;
    private JournalWriter? _writer;

    /// <summary>The position before the first entry.</summary>
    public JournalPosition Start => new(JournalFormat.HeaderSize, 0);

    /// <summary>Makes a file without entries.</summary>
    public static void Create(string path)
    {
        using var file = JournalWriter.OpenFile(path, FileMode.CreateNew);
        Span<byte> header = stackalloc byte[JournalFormat.HeaderSize];
        JournalFormat.WriteHeader(header);
        file.Write(header);
        file.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public IEnumerable<JournalEntry> Read(JournalPosition from = default)
    {
        using var reader = new JournalReader(path, from.Offset, from.Records);
        if (reader.Length < from.Offset)
            throw new StoreException($"The journal \"{path}\" has become shorter.");
        while (Next(reader) is { } entry)
            yield return entry;
    }

    /// <inheritdoc/>
    public long Own(JournalPosition end)
    {
        var file = JournalWriter.OpenFile(path, FileMode.Open);
        try
        {
            var unfinished = file.Length - end.Offset;
            if (unfinished > 0)
            {
                file.SetLength(end.Offset);
                file.Flush(flushToDisk: true);
            }

            (_writer, _encoder) = (new JournalWriter(file, path, end.Offset, end.Records), new JobEncoder());
            return unfinished;
        }
        catch (IOException)
        {
            file.Dispose();
            throw;
        }
    }

    /// <inheritdoc/>
    public void Append(CampaignEvent entry) => Writer.Add(entry);

    /// <inheritdoc/>
    public void Append(Outcome outcome) =>
        Writer.Add(RecordKind.Outcome, JobEncoder.VersionOf(outcome), target => _encoder!.Write(outcome, target));

    /// <inheritdoc/>
    public JournalPosition Flush()
    {
        Writer.Commit();
        return new JournalPosition(Writer.Length, Writer.Records);
    }

    /// <inheritdoc/>
    public void Forget() => _writer?.Forget();

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer?.Dispose();
        _encoder?.Dispose();
        (_writer, _encoder) = (null, null);
    }

    private JournalWriter Writer => _writer ?? throw new InvalidOperationException("A journal is owned before anything is appended to it.");

    private JournalEntry? Next(JournalReader reader)
    {
        if (reader.Position >= _writer?.Length || !reader.TryRead(out var record))
            return null;
        var position = new JournalPosition(reader.Position, reader.Records);
        return record.Kind == RecordKind.Outcome
            ? new JournalEntry(position, null, _decoder.Read(record))
            : new JournalEntry(position, JournalEvents.Read(record), null);
    }
}
