using System.Buffers.Binary;
using System.IO.Compression;
using System.IO.Hashing;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Undoes gzip and checks, at the end, the length and the checksum that the file ends with (RFC 1952).</summary>
/// <remarks>
/// The framework's stream takes a file that is cut short for a shorter one, without a word. Files of several members are refused too.
/// </remarks>
internal sealed class CheckedGzip : ForwardStream
{
    private readonly Crc32 _crc = new();
    private readonly uint _expectedCrc, _expectedLength;
    private uint _length;

    /// <summary>Reads the trailer of <paramref name="file"/>, then goes back to its start.</summary>
    /// <exception cref="InvalidDataException">The file is too short to be gzip.</exception>
    public CheckedGzip(FileStream file)
        : base(new GZipStream(file, CompressionMode.Decompress, leaveOpen: true))
    {
        if (file.Length < 18)
            throw new InvalidDataException("A gzip file has at least 18 bytes.");
        Span<byte> trailer = stackalloc byte[8];
        file.Position = file.Length - trailer.Length;
        file.ReadExactly(trailer);
        file.Position = 0;
        _expectedCrc = BinaryPrimitives.ReadUInt32LittleEndian(trailer);
        _expectedLength = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
    }

    /// <inheritdoc/>
    public override int Read(Span<byte> buffer)
    {
        var count = Inner.Read(buffer);
        _crc.Append(buffer[..count]);
        _length += (uint)count;
        return count > 0 || buffer.IsEmpty || (_length == _expectedLength && _crc.GetCurrentHashAsUInt32() == _expectedCrc)
            ? count
            : throw new InvalidDataException("The content is not as long as the gzip file says, or its checksum differs.");
    }
}
