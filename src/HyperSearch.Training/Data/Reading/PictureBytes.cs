using System.Buffers.Binary;
using System.IO.Hashing;

namespace HyperSearch.Training.Data.Reading;

/// <summary>
/// Whether the bytes of a picture are whole. Decoders show what there is of a file that was cut short, and a wrong length can send them
/// astray.
/// </summary>
internal static class PictureBytes
{
    private const int ChunkFrame = 12; // length, kind and checksum
    private static ReadOnlySpan<byte> PngStart => [0x89, (byte)'P', (byte)'N', (byte)'G', 13, 10, 26, 10];

    /// <summary>Follows the chunks of a PNG with their checksums, or the segments of a JPEG, to the mark of the end.</summary>
    /// <exception cref="InvalidDataException">The picture ends early, or a part of it is damaged.</exception>
    public static void RequireWhole(ReadOnlySpan<byte> bytes)
    {
        if (bytes.StartsWith(PngStart))
            RequireChunks(bytes[PngStart.Length..]);
        else if (bytes is [0xFF, 0xD8, ..])
            RequireSegments(bytes[2..]);
    }

    private static void RequireChunks(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            var length = bytes.Length < ChunkFrame ? uint.MaxValue : BinaryPrimitives.ReadUInt32BigEndian(bytes);
            if (length > bytes.Length - ChunkFrame)
                throw EndsEarly();
            var content = bytes.Slice(sizeof(uint), sizeof(uint) + (int)length);
            if (Crc32.HashToUInt32(content) != BinaryPrimitives.ReadUInt32BigEndian(bytes[((int)length + 8)..]))
                throw new InvalidDataException("a checksum differs");
            if (content.StartsWith("IEND"u8))
                return;
            bytes = bytes[((int)length + ChunkFrame)..];
        }
    }

    /// <summary>
    /// Each segment is 0xFF, its kind, its length and its content; pixels, in which 0xFF is followed by 0 or by a restart mark, follow a
    /// scan's segment.
    /// </summary>
    private static void RequireSegments(ReadOnlySpan<byte> bytes)
    {
        while (true)
        {
            if (bytes.Length < 2)
                throw EndsEarly();
            var kind = bytes[1];
            if (bytes[0] != 0xFF)
                throw new InvalidDataException("a segment has no mark");
            if (kind == 0xD9)
                return;
            if (kind == 0xFF)
            {
                bytes = bytes[1..]; // padding
                continue;
            }
            var length = bytes.Length < 4 ? int.MaxValue : BinaryPrimitives.ReadUInt16BigEndian(bytes[2..]);
            if (length < 2 || length > bytes.Length - 2)
                throw EndsEarly();
            bytes = bytes[(2 + length)..];
            if (kind == 0xDA)
                bytes = bytes[Pixels(bytes)..];
        }
    }

    /// <summary>Number of bytes before the mark that ends the pixels of a scan.</summary>
    private static int Pixels(ReadOnlySpan<byte> bytes)
    {
        for (var i = 0; i + 1 < bytes.Length; i++)
        {
            if (bytes[i] == 0xFF && bytes[i + 1] is not (0 or >= 0xD0 and <= 0xD7))
                return i;
        }
        throw EndsEarly();
    }

    private static InvalidDataException EndsEarly() => new("it ends early");
}
