using HyperSearch.Hosting.Stores;
using Microsoft.Win32.SafeHandles;

namespace HyperSearch.Hosting.Journals;

/// <summary>Reads a journal record by record, in bounded memory, also while its owner appends to it.</summary>
/// <remarks>Not thread-safe. Never writes.</remarks>
internal sealed class JournalReader : IDisposable
{
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private byte[] _buffer;
    private long _bufferStart;
    private int _bufferCount;

    /// <summary>Opens a journal.</summary>
    /// <param name="path">The journal.</param>
    /// <param name="position">The place to go on from: 0 or an earlier <see cref="Position"/>.</param>
    /// <param name="records">How many records were read up to there.</param>
    /// <param name="anyHeader">Whether to read on behind a damaged header.</param>
    /// <param name="buffer">Bytes that are read at a time; it grows with the longest record.</param>
    /// <exception cref="StoreException">It cannot be opened, or its header is damaged or newer than this program.</exception>
    public JournalReader(string path, long position = 0, long records = 0, bool anyHeader = false, int buffer = 1 << 18)
    {
        (_path, _buffer) = (path, new byte[buffer]);
        try
        {
            _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"The journal \"{path}\" cannot be read: {error.Message}", error);
        }

        if (HeaderFault is { } fault && !anyHeader)
        {
            _file.Dispose();
            throw new StoreException($"The journal \"{path}\" is damaged or foreign: {fault}. \"hypersearch " +
                "doctor\" says what can be repaired.");
        }

        Position = Math.Max(position, JournalFormat.HeaderSize);
        Records = records;
    }

    /// <summary>The end of the last whole record, in bytes.</summary>
    public long Position { get; private set; }

    /// <summary>How many records were read.</summary>
    public long Records { get; private set; }

    /// <summary>The fault of the header, in words; <c>null</c> when there is none.</summary>
    public string? HeaderFault
    {
        get
        {
            Span<byte> header = stackalloc byte[JournalFormat.HeaderSize];
            return JournalFormat.HeaderFault(header[..ReadAt(header, 0)]);
        }
    }

    /// <summary>The file's length now.</summary>
    public long Length => RandomAccess.GetLength(_file);

    /// <summary>Reads the next whole record.</summary>
    /// <returns>False at the end; bytes behind <see cref="Position"/> belong to an unfinished group.</returns>
    /// <exception cref="StoreException">The next record is damaged, and others follow it.</exception>
    public bool TryRead(out JournalRecord record)
    {
        if (TryAt(Position, out var bytes))
            return Take(bytes, out record);
        if (Position >= Length || JournalScan.NextGroup(this, Position) is not { } next)
        {
            record = default;
            return false;
        }

        _bufferCount = 0; // the owner may have finished the record, or cut it off and written another, between the two looks at it
        if (TryAt(Position, out bytes))
            return Take(bytes, out record);
        throw new StoreException(
            $"The journal \"{_path}\" is damaged at offset {Position} (record {Records}): its checksum does not match, and whole records " +
            $"follow from offset {next} on. "
            + "\"hypersearch doctor --repair\" keeps every whole record; jobs whose records are damaged run again.");
    }

    /// <summary>The whole record that starts at an offset, if one does.</summary>
    public bool TryAt(long offset, out ReadOnlySpan<byte> record)
    {
        record = default;
        if (!Ensure(offset, JournalFormat.RecordHeaderSize))
            return false;
        var length = JournalFormat.LengthOf(Buffered(offset, JournalFormat.RecordHeaderSize));
        if (length < 0 || !Ensure(offset, length))
            return false;
        record = Buffered(offset, length);
        return JournalFormat.Holds(record, offset);
    }

    /// <summary>Reads bytes at an offset.</summary>
    /// <returns>How many there were.</returns>
    public int ReadAt(Span<byte> target, long offset)
    {
        var count = 0;
        while (count < target.Length)
        {
            var read = RandomAccess.Read(_file, target[count..], offset + count);
            if (read == 0)
                break;
            count += read;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private bool Take(ReadOnlySpan<byte> bytes, out JournalRecord record)
    {
        record = JournalFormat.Open(bytes, Position);
        Position += bytes.Length;
        Records++;
        return true;
    }

    private ReadOnlySpan<byte> Buffered(long offset, int count) => _buffer.AsSpan((int)(offset - _bufferStart), count);

    private bool Ensure(long offset, int count)
    {
        if (offset >= _bufferStart && offset + count <= _bufferStart + _bufferCount)
            return true;
        if (offset + count > Length)
            return false;
        if (count > _buffer.Length)
            _buffer = new byte[Math.Max(count, Math.Min(2L * _buffer.Length, Array.MaxLength))];
        _bufferStart = offset;
        _bufferCount = ReadAt(_buffer, offset);
        return count <= _bufferCount;
    }
}
