using HyperSearch.Cluster.Execution;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;

namespace HyperSearch.Cluster.Grains;

/// <summary>The session that is open to workers at this moment: a grain lives longer than a session, and may be called before it.</summary>
internal sealed class CampaignDoor : ICampaignDoor
{
    private volatile ICampaignDoor? _session;

    /// <summary>Opens the door to a session.</summary>
    public void Open(ICampaignDoor session) => _session = session;

    /// <inheritdoc/>
    public Task<Welcome> JoinAsync(Hello hello) =>
        _session?.JoinAsync(hello) ?? Task.FromResult(Welcome.Later(WelcomeKind.NotYet));

    /// <inheritdoc/>
    public Task<Reply> ExchangeAsync(Report report) => _session?.ExchangeAsync(report) ?? Task.FromResult(Reply.ToStranger(""));
}
