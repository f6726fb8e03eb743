using System.Collections.Immutable;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Stores;

/// <summary>Where a campaign's facts are kept by the one process that owns it. Audited: its failure stops the campaign.</summary>
/// <remarks>Not thread-safe: one writer uses it. Whatever an append returned from survives any kill.</remarks>
public interface ITrialStore : IDisposable
{
    /// <summary>Every outcome acknowledged so far, in order of acknowledgement; read once, on opening.</summary>
    IEnumerable<Outcome> ReadOutcomes();

    /// <summary>Writes outcomes; returns when they are on disk, and not before. A group costs one flush.</summary>
    /// <exception cref="StoreException">They could not be written; what was acknowledged before stays.</exception>
    void Append(ReadOnlySpan<Outcome> outcomes);

    /// <summary>Writes an event of the campaign's life (a session's start and end, a changed budget, the verdict), durable like an outcome.</summary>
    void Append(CampaignEvent entry);

    /// <summary>The events so far, in order.</summary>
    ImmutableArray<CampaignEvent> Events { get; }

    /// <summary>What opening had to repair, in one sentence for people; <c>null</c> when nothing.</summary>
    string? Recovery { get; }
}
