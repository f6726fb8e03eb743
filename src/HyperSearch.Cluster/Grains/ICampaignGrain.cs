using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;

namespace HyperSearch.Cluster.Grains;

/// <summary>A campaign as its workers see it: the door to the one process that owns its journal.</summary>
[Alias("hypersearch.ICampaignGrain")]
internal interface ICampaignGrain : IGrainWithStringKey
{
    /// <summary>A worker process introduces itself.</summary>
    [Alias("join")]
    Task<Welcome> Join(Hello hello);

    /// <summary>A worker process says all that it holds; the reply may be held back while there is nothing to say.</summary>
    [Alias("exchange")]
    Task<Reply> Exchange(Report report);
}
