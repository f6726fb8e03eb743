using HyperSearch.Hosting.Stores;

namespace HyperSearch.Hosting.Journals;

/// <summary>What a record of the journal holds.</summary>
internal enum RecordKind : byte
{
    /// <summary>A <see cref="CampaignEvent"/>, as JSON.</summary>
    Event = 1,

    /// <summary>An outcome: its head in binary, the rest as JSON.</summary>
    Outcome = 2,
}
