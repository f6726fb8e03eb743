using System.Buffers.Binary;
using System.IO.Hashing;

namespace HyperSearch.Hosting.Journals;

/// <summary>The bytes of a journal: a header of 16, then records.</summary>
/// <remarks>
/// Header: magic (8), format version (u32), the low half of XxHash3 over those 12 (u32).
/// Record: XxHash3 of all that follows, seeded with the record's offset (u64), marker (u32), payload length (u32), bytes since the start of
/// its group (u32), kind (u8), payload version (u8), zero (u16), payload. Little-endian.
/// A group holds the records that one flush made durable. The next group starts only after that, so a damaged record followed by a whole
/// one of a later group was acknowledged once, while damage in the last group may be a write that was cut short.
/// </remarks>
internal static class JournalFormat
{
    /// <summary>The format that this program writes, and the newest that it reads.</summary>
    public const uint Version = 1;

    /// <summary>Bytes before the first record.</summary>
    public const int HeaderSize = 16;

    /// <summary>Bytes of a record before its payload.</summary>
    public const int RecordHeaderSize = 24;

    /// <summary>The longest payload, in bytes: 256 MiB.</summary>
    public const int LongestPayload = 256 << 20;

    /// <summary>The offset of the marker within a record.</summary>
    public const int MarkerOffset = 8;

    /// <summary>The first bytes of every journal.</summary>
    public static ReadOnlySpan<byte> Magic => "HSJRNL\n\x1A"u8;

    /// <summary>The bytes that mark a record, so that one is found again after a damaged one.</summary>
    public static ReadOnlySpan<byte> Marker => [0xC5, (byte)'H', (byte)'S', 0x1E];

    /// <summary>Writes the file header.</summary>
    public static void WriteHeader(Span<byte> header)
    {
        Magic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header[12..], (uint)XxHash3.HashToUInt64(header[..12]));
    }

    /// <summary>Checks the file header.</summary>
    /// <returns>Its fault, in words; <c>null</c> when there is none.</returns>
    public static string? HeaderFault(ReadOnlySpan<byte> header)
    {
        if (header.Length < HeaderSize)
            return $"it ends within its header, after {header.Length} of {HeaderSize} bytes";
        if (!header.StartsWith(Magic))
            return "it does not begin as a journal does (offset 0)";
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) != (uint)XxHash3.HashToUInt64(header[..12]))
            return "the checksum of its header does not match (offset 12)";
        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        return version <= Version
            ? null
            : $"it has format {version}, written by a newer HyperSearch; this one reads formats up to {Version}";
    }

    /// <summary>Completes a record whose payload is in place.</summary>
    /// <param name="record">The whole record, header and payload.</param>
    /// <param name="offset">Where it will start in the file.</param>
    /// <param name="group">Where its group starts in the file.</param>
    /// <param name="kind">The kind of its content.</param>
    /// <param name="version">The version of the payload's form.</param>
    public static void Seal(Span<byte> record, long offset, long group, RecordKind kind, byte version)
    {
        Marker.CopyTo(record[MarkerOffset..]);
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], (uint)(record.Length - RecordHeaderSize));
        BinaryPrimitives.WriteUInt32LittleEndian(record[16..], checked((uint)(offset - group)));
        record[20] = (byte)kind;
        record[21] = version;
        record[22] = record[23] = 0;
        BinaryPrimitives.WriteUInt64LittleEndian(record, XxHash3.HashToUInt64(record[8..], offset));
    }

    /// <summary>The length of the record that these bytes begin, header included; -1 when they begin none.</summary>
    public static int LengthOf(ReadOnlySpan<byte> bytes)
    {
        var payload = BinaryPrimitives.ReadUInt32LittleEndian(bytes[12..]);
        return bytes[MarkerOffset..].StartsWith(Marker) && payload <= LongestPayload ? (int)payload + RecordHeaderSize : -1;
    }

    /// <summary>Whether a whole record's checksum holds.</summary>
    public static bool Holds(ReadOnlySpan<byte> record, long offset) =>
        BinaryPrimitives.ReadUInt64LittleEndian(record) == XxHash3.HashToUInt64(record[8..], offset);

    /// <summary>The offset at which the group of a record starts.</summary>
    public static long GroupOf(ReadOnlySpan<byte> record, long offset) => offset - BinaryPrimitives.ReadUInt32LittleEndian(record[16..]);

    /// <summary>A whole record with its fields.</summary>
    public static JournalRecord Open(ReadOnlySpan<byte> record, long offset) =>
        new(offset, (RecordKind)record[20], record[21], record[RecordHeaderSize..]);
}
