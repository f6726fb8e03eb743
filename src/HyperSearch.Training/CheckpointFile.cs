using System.Buffers.Binary;
using System.IO.Hashing;

namespace HyperSearch.Training;

/// <summary>A file of bytes that is either whole or refused.</summary>
/// <remarks>Layout, little-endian: 8 bytes <c>HSCKPT01</c>, 8 bytes payload length, the payload, 8 bytes XxHash3 of all before. Written beside its place, flushed to the disk, then renamed.</remarks>
internal static class CheckpointFile
{
    private const int HeaderLength = 16, HashLength = 8;

    private static ReadOnlySpan<byte> Magic => "HSCKPT01"u8;

    public static void Write(string path, ReadOnlySpan<byte> payload)
    {
        var header = new byte[HeaderLength];
        Magic.CopyTo(header);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(8), payload.Length);
        var hash = new XxHash3();
        hash.Append(header);
        hash.Append(payload);
        var tail = new byte[HashLength];
        BinaryPrimitives.WriteUInt64LittleEndian(tail, hash.GetCurrentHashAsUInt64());
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, 1))
        {
            file.Write(header);
            file.Write(payload);
            file.Write(tail);
            file.Flush(flushToDisk: true);
        }
        File.Move(beside, path, overwrite: true);
    }

    public static byte[] Read(string path)
    {
        var bytes = File.ReadAllBytes(path);
        if (bytes.Length < HeaderLength + HashLength || !bytes.AsSpan(0, 8).SequenceEqual(Magic))
            throw new CheckpointException($"{path} is not a checkpoint, or one cut short; delete it to start its trial anew.");
        if (BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(8)) != bytes.Length - HeaderLength - HashLength)
            throw new CheckpointException($"The checkpoint {path} is not as long as it says; delete it to start its trial anew.");
        var hash = XxHash3.HashToUInt64(bytes.AsSpan(0, bytes.Length - HashLength));
        if (hash != BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(bytes.Length - HashLength)))
            throw new CheckpointException($"The checkpoint {path} is damaged: its checksum does not match. Delete it to start its trial anew.");
        return bytes[HeaderLength..^HashLength];
    }
}
