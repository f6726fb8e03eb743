using Microsoft.Win32.SafeHandles;

namespace HyperSearch.Hosting.Indexing;

/// <summary>A file as LiteDB uses it, which never fails: bytes that the disk refuses stay in memory, and <see cref="Fault"/> says
/// why.</summary>
/// <remarks>
/// At an I/O error LiteDB closes itself and leaves its transaction open; the finalizer of that transaction then throws, which ends the
/// process. So LiteDB never meets an error: the owner of the index looks at <see cref="Fault"/> and gives the index up. Nothing is flushed
/// to the disk, because an index counts only with its seal, and after a power loss the seal does not fit.
/// </remarks>
internal sealed class IndexStream : Stream
{
    private const int BlockSize = 8192;

    private readonly SafeFileHandle _file;
    private readonly long _room;
    private readonly Dictionary<long, byte[]> _kept = [];
    private long _length;

    /// <summary>Opens a file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="readOnly">Whether it is only read; then it must exist.</param>
    /// <param name="room">How many bytes the disk takes, for tests of a full one.</param>
    public IndexStream(string path, bool readOnly, long room = long.MaxValue)
    {
        _room = room;
        CanWrite = !readOnly;
        _file = readOnly
            ? File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.RandomAccess)
            : File.OpenHandle(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete,
                FileOptions.RandomAccess);
        _length = RandomAccess.GetLength(_file);
    }

    /// <summary>The reason why the file on the disk differs from the bytes that LiteDB wrote; <c>null</c> while it does not.</summary>
    public string? Fault { get; private set; }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => true;

    /// <inheritdoc/>
    public override bool CanWrite { get; }

    /// <inheritdoc/>
    public override long Length => _length;

    /// <inheritdoc/>
    public override long Position { get; set; }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count)
    {
        count = (int)Math.Clamp(_length - Position, 0, count);
        var target = buffer.AsSpan(offset, count);
        if (_kept.Count == 0)
            ReadFile(target, Position);
        else
            ForEachBlock(target.Length, Position,
                (block, inBlock, at, length) => CopyBlock(block, inBlock, buffer.AsSpan(offset + at, length)));
        Position += count;
        return count;
    }

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count)
    {
        if (!TryWrite(buffer.AsSpan(offset, count)))
            ForEachBlock(count, Position,
                (block, inBlock, at, length) => buffer.AsSpan(offset + at, length).CopyTo(Kept(block).AsSpan(inBlock)));
        Position += count;
        _length = Math.Max(_length, Position);
    }

    /// <inheritdoc/>
    public override void SetLength(long value)
    {
        try
        {
            if (Fault is null)
                RandomAccess.SetLength(_file, value);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fault = error.Message;
        }

        foreach (var block in _kept.Keys.Where(block => block * BlockSize >= value).ToList())
            _kept.Remove(block);
        _length = value;
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => Position = origin switch
    {
        SeekOrigin.Begin => offset,
        SeekOrigin.Current => Position + offset,
        _ => _length + offset,
    };

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _file.Dispose();
        base.Dispose(disposing);
    }

    private static void ForEachBlock(int count, long position, Action<long, int, int, int> visit)
    {
        for (var at = 0; at < count;)
        {
            var (block, inBlock) = Math.DivRem(position + at, BlockSize);
            var length = Math.Min(count - at, BlockSize - (int)inBlock);
            visit(block, (int)inBlock, at, length);
            at += length;
        }
    }

    private bool TryWrite(ReadOnlySpan<byte> bytes)
    {
        if (Fault is not null)
            return false;
        try
        {
            if (Position + bytes.Length > _room)
                throw new IOException("No space left on device.");
            RandomAccess.Write(_file, bytes, Position);
            return true;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fault = error.Message;
            return false;
        }
    }

    private void CopyBlock(long block, int inBlock, Span<byte> target)
    {
        if (_kept.TryGetValue(block, out var kept))
            kept.AsSpan(inBlock, target.Length).CopyTo(target);
        else
            ReadFile(target, (block * BlockSize) + inBlock);
    }

    /// <summary>The block in memory; it holds the file's bytes until others are written.</summary>
    private byte[] Kept(long block)
    {
        if (!_kept.TryGetValue(block, out var kept))
        {
            _kept[block] = kept = new byte[BlockSize];
            ReadFile(kept, block * BlockSize);
        }

        return kept;
    }

    /// <summary>Reads as far as the file goes; the rest is zero.</summary>
    private void ReadFile(Span<byte> target, long position)
    {
        var read = 0;
        try
        {
            while (read < target.Length && RandomAccess.Read(_file, target[read..], position + read) is > 0 and var more)
                read += more;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            Fault ??= error.Message;
        }

        target[read..].Clear();
    }
}
