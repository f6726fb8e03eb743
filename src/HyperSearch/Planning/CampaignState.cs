namespace HyperSearch.Planning;

/// <summary>Where a campaign stands, as another process can see it.</summary>
public enum CampaignState
{
    /// <summary>A process owns it.</summary>
    Running,

    /// <summary>It did all it was asked for, or ended by one of its stop conditions.</summary>
    Finished,

    /// <summary>Nobody owns it and there is work left: <c>resume</c> continues it.</summary>
    Interrupted,
}
