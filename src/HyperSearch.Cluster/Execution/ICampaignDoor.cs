using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;

namespace HyperSearch.Cluster.Execution;

/// <summary>A campaign as its workers see it. Both calls may be repeated: the same words twice change nothing.</summary>
internal interface ICampaignDoor
{
    /// <summary>A worker process introduces itself.</summary>
    Task<Welcome> JoinAsync(Hello hello);

    /// <summary>A worker process says all that it holds, and hears what it is to hold.</summary>
    Task<Reply> ExchangeAsync(Report report);
}
