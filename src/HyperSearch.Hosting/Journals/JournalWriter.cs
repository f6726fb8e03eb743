using System.Buffers;
using System.Diagnostics;
using System.Runtime.InteropServices;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Journals;

/// <summary>Appends groups of records to a journal; a group is on disk when <see cref="Commit"/> returns.</summary>
/// <remarks>Not thread-safe. After a failed commit the journal is cut back to the last acknowledged group; where even that fails, nothing
/// more is accepted.</remarks>
internal sealed class JournalWriter : IDisposable
{
    private readonly Stream _file;
    private readonly string _path;
    private readonly ArrayBufferWriter<byte> _group = new(1 << 16);
    private int _records;
    private bool _broken;

    /// <summary>Makes a writer that goes on at the end of the last acknowledged group.</summary>
    /// <param name="file">The journal, open for writing and owned from now on.</param>
    /// <param name="path">Its path, for messages.</param>
    /// <param name="length">The end of the last acknowledged group, in bytes.</param>
    /// <param name="records">How many records lie before that.</param>
    public JournalWriter(Stream file, string path, long length, long records) =>
        (_file, _path, Length, Records) = (file, path, length, records);

    /// <summary>The end of the last acknowledged group, in bytes.</summary>
    public long Length { get; private set; }

    /// <summary>How many records were acknowledged.</summary>
    public long Records { get; private set; }

    /// <summary>Opens a journal's file for appending, unbuffered.</summary>
    public static FileStream OpenFile(string path, FileMode mode) =>
        new(path, new FileStreamOptions
        {
            Mode = mode,
            Access = FileAccess.ReadWrite,
            Share = FileShare.ReadWrite | FileShare.Delete,
            BufferSize = 0
        });

    /// <summary>Puts a record into the group in hand.</summary>
    /// <param name="kind">The kind of its content.</param>
    /// <param name="version">The version of the payload's form.</param>
    /// <param name="payload">Writes the payload.</param>
    public void Add(RecordKind kind, byte version, Action<IBufferWriter<byte>> payload)
    {
        var start = _group.WrittenCount;
        _group.GetSpan(JournalFormat.RecordHeaderSize)[..JournalFormat.RecordHeaderSize].Clear();
        _group.Advance(JournalFormat.RecordHeaderSize);
        payload(_group);
        var size = _group.WrittenCount - start;
        if (size - JournalFormat.RecordHeaderSize > JournalFormat.LongestPayload)
        {
            Forget();
            throw new StoreException($"A record of the journal holds at most {JournalFormat.LongestPayload >> 20} MiB; this one has " +
                $"{size >> 20}. Report fewer epochs or metrics.");
        }

        var bytes = MemoryMarshal.AsMemory(_group.WrittenMemory).Span[start..];
        JournalFormat.Seal(bytes, Length + start, Length, kind, version);
        _records++;
    }

    /// <summary>Drops the group in hand.</summary>
    public void Forget()
    {
        _group.ResetWrittenCount();
        _records = 0;
    }

    /// <summary>Writes the group in hand and returns once it is on disk.</summary>
    /// <exception cref="StoreException">It could not be written; the groups acknowledged before stay.</exception>
    public void Commit()
    {
        try
        {
            if (_broken)
                throw new StoreException($"The journal \"{_path}\" takes no more records since a write to it failed. " +
                    "Resume the campaign to go on.");
            if (_file is FileStream && !File.Exists(_path))
                throw new StoreException($"The journal \"{_path}\" was removed while its campaign ran. Nothing more can be kept.");
            var flushing = false;
            try
            {
                _file.Position = Length;
                _file.Write(_group.WrittenSpan);
                flushing = true;
                Flush();
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                CutBack(flushing);
                throw new StoreException(
                    $"The journal \"{_path}\" cannot be written: {error.Message} The {Records} records acknowledged before stay; " +
                    "make room, then resume the campaign.", error);
            }

            Length += _group.WrittenCount;
            Records += _records;
        }
        finally
        {
            Forget();
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private void Flush()
    {
        if (_file is FileStream file)
            file.Flush(flushToDisk: true);
        else
            _file.Flush();
    }

    /// <summary>Cuts an unfinished group off. Where that fails too, the next opening does it, because the group was never
    /// acknowledged.</summary>
    private void CutBack(bool flushing)
    {
        // After a failed flush nobody knows what the disk has; only opening the journal anew finds out.
        _broken = true;
        try
        {
            _file.SetLength(Length);
            Flush();
            _broken = flushing;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Trace.TraceWarning($"The journal \"{_path}\" could not be cut back: {error.Message}");
        }
    }
}
