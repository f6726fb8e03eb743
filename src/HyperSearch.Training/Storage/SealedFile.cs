using System.Buffers.Binary;
using System.IO.Hashing;

namespace HyperSearch.Training.Storage;

/// <summary>Files of bytes that are either whole or refused.</summary>
/// <remarks>
/// Layout, little-endian: 8 bytes that tell its kind, 8 bytes payload length, the payload, 8 bytes XxHash3 of all before.
/// </remarks>
internal static class SealedFile
{
    private const int KindLength = 8, HeaderLength = 16, HashLength = 8;

    /// <summary>Writes beside the place, flushes to the disk, then renames.</summary>
    public static void Write(string path, ReadOnlySpan<byte> kind, ReadOnlySpan<byte> payload)
    {
        var header = new byte[HeaderLength];
        kind.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(KindLength), payload.Length);
        var hash = new XxHash3();
        hash.Append(header);
        hash.Append(payload);
        var tail = new byte[HashLength];
        BinaryPrimitives.WriteUInt64LittleEndian(tail, hash.GetCurrentHashAsUInt64());
        var beside = path + ".new";
        File.Delete(beside); // a link in its place would be written through
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            file.Write(header);
            file.Write(payload);
            file.Write(tail);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    /// <summary>The payload of a file that was read.</summary>
    /// <exception cref="InvalidDataException">It is not whole; the message goes on after the name of the file.</exception>
    public static byte[] Payload(byte[] bytes, ReadOnlySpan<byte> kind)
    {
        if (bytes.Length < HeaderLength + HashLength || !bytes.AsSpan(0, KindLength).SequenceEqual(kind))
            throw new InvalidDataException("is cut short, or is none at all");
        if (BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(KindLength)) != bytes.Length - HeaderLength - HashLength)
            throw new InvalidDataException("is cut short or has something behind it");
        var kept = BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - HashLength));
        if (XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - HashLength)) != kept)
            throw new InvalidDataException("is damaged: its checksum does not match");
        return bytes[HeaderLength..^HashLength];
    }
}
