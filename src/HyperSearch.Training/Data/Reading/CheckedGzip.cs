using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Undoes gzip and checks, at the end, the length and the checksum that the file ends with (RFC 1952).</summary>
/// <remarks>
/// The framework's stream takes a file that is cut short for a shorter one, without a word. Files of several members are refused too.
/// </remarks>
internal sealed class CheckedGzip : Stream
{
    private readonly GZipStream _inner;
    private readonly Crc32 _crc = new();
    private readonly uint _expectedCrc, _expectedLength;
    private uint _length;

    /// <summary>Reads the trailer of <paramref name="file"/>, then goes back to its start.</summary>
    /// <exception cref="InvalidDataException">The file is too short to be gzip.</exception>
    public CheckedGzip(FileStream file)
    {
        if (file.Length < 18)
            throw new InvalidDataException("A gzip file has at least 18 bytes.");
        Span<byte> trailer = stackalloc byte[8];
        file.Position = file.Length - trailer.Length;
        file.ReadExactly(trailer);
        file.Position = 0;
        _expectedCrc = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _expectedLength = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        _inner = new GZipStream(file, CompressionMode.Decompress, leaveOpen: true);
    }

    /// <inheritdoc/>
    public override bool CanRead => true;

    /// <inheritdoc/>
    public override bool CanSeek => false;

    /// <inheritdoc/>
    public override bool CanWrite => false;

    /// <inheritdoc/>
    public override long Length => throw new NotSupportedException();

    /// <inheritdoc/>
    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = _inner.Read(buffer);
        _crc.Append(buffer[..count]);
        _length += (uint)count;
        return count > 0 || buffer.IsEmpty || (_length == _expectedLength && _crc.GetCurrentHashAsUInt32() == _expectedCrc)
            ? count
            : throw new InvalidDataException("The content is not as long as the gzip file says, or its checksum differs.");
    }

    /// <inheritdoc/>
    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    /// <inheritdoc/>
    public override void Flush()
    {
    }

    /// <inheritdoc/>
    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void SetLength(long value) => throw new NotSupportedException();

    /// <inheritdoc/>
    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
            _inner.Dispose();
        base.Dispose(disposing);
    }
}
