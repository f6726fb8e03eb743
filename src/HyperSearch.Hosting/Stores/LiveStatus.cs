using System.Collections.Immutable;

namespace HyperSearch.Hosting.Stores;

/// <summary>What the owner of a campaign tells observers about this moment; the journal knows only what has ended.</summary>
/// <param name="At">When, UTC.</param>
/// <param name="Planned">How many trials have been planned so far.</param>
/// <param name="Jobs">The jobs dispatched and not ended.</param>
public sealed record LiveStatus(DateTimeOffset At, int Planned, ImmutableArray<LiveJob> Jobs)
{
    /// <summary>Who says so; set by <see cref="LiveStatusFile"/>.</summary>
    public CampaignOwner? Owner { get; init; }
}
