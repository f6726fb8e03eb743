namespace HyperSearch.Hosting.Journals;

/// <summary>One whole record whose checksum holds. The payload is valid until the next record is read.</summary>
internal readonly ref struct JournalRecord(long offset, RecordKind kind, byte version, ReadOnlySpan<byte> payload)
{
    /// <summary>The offset of the record in the file, in bytes.</summary>
    public long Offset { get; } = offset;

    /// <summary>The kind of its content.</summary>
    public RecordKind Kind { get; } = kind;

    /// <summary>The version of the payload's form.</summary>
    public byte Version { get; } = version;

    /// <summary>Its content, as bytes.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;
}

/// <summary>The kind of content of a record of the journal.</summary>
internal enum RecordKind : byte
{
    /// <summary>A <see cref="CampaignEvent"/>, as JSON.</summary>
    Event = 1,

    /// <summary>An outcome: its head in binary, the rest as JSON.</summary>
    Outcome = 2,
}
