namespace HyperSearch.Hosting.Journals;

/// <summary>One whole record whose checksum holds. The payload is valid until the next record is read.</summary>
internal readonly ref struct JournalRecord(long offset, RecordKind kind, byte version, ReadOnlySpan<byte> payload)
{
    /// <summary>Where the record starts in the file, in bytes.</summary>
    public long Offset { get; } = offset;

    /// <summary>What it holds.</summary>
    public RecordKind Kind { get; } = kind;

    /// <summary>The version of the payload's form.</summary>
    public byte Version { get; } = version;

    /// <summary>What it holds, as bytes.</summary>
    public ReadOnlySpan<byte> Payload { get; } = payload;
}

/// <summary>What a record of the journal holds.</summary>
internal enum RecordKind : byte
{
    /// <summary>A <see cref="CampaignEvent"/>, as JSON.</summary>
    Event = 1,

    /// <summary>An outcome: its head in binary, the rest as JSON.</summary>
    Outcome = 2,
}
