namespace HyperSearch.Stores;

/// <summary>The process that runs a campaign.</summary>
/// <param name="Process">Its process id.</param>
/// <param name="Machine">The machine's name.</param>
/// <param name="Since">When it took the campaign, UTC.</param>
public sealed record CampaignOwner(int Process, string Machine, DateTimeOffset Since);
