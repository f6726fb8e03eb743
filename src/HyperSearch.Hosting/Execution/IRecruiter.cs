using HyperSearch.Hosting.Campaigns;

namespace HyperSearch.Hosting.Execution;

/// <summary>A service of a host that brings workers for its campaigns; without one, threads of the process do the work.</summary>
internal interface IRecruiter
{
    /// <summary>Makes the workers of a session.</summary>
    /// <param name="request">The session.</param>
    /// <param name="runner">Runs a job in this process.</param>
    /// <param name="campaign">The campaign as it was before the session.</param>
    IWorkers Recruit(CampaignRequest request, JobRunner runner, Campaign campaign);
}
