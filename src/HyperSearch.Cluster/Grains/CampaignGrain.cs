using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using Orleans.Concurrency;

namespace HyperSearch.Cluster.Grains;

/// <summary>Passes calls on to the session. It has no state of its own: the journal is the state.</summary>
[Reentrant]
internal sealed class CampaignGrain(CampaignDoor door) : Grain, ICampaignGrain
{
    /// <inheritdoc/>
    public Task<Welcome> Join(Hello hello) => door.JoinAsync(hello);

    /// <inheritdoc/>
    public Task<Reply> Exchange(Report report) => door.ExchangeAsync(report);
}
