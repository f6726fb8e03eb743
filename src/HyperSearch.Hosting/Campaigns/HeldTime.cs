using HyperSearch.Hosting.Journals;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>The time of a session in which a person held the campaign back, which says nothing of its speed.</summary>
/// <remarks>Jobs in hand go on when a campaign is paused, so it is held from the end of the last of them on.</remarks>
/// <param name="Over">The time that is over.</param>
/// <param name="Since">The moment from which it is held, UTC; <c>null</c> while it may work.</param>
internal readonly record struct HeldTime(TimeSpan Over, DateTimeOffset? Since)
{
    /// <summary>The time up to a moment.</summary>
    public TimeSpan At(DateTimeOffset now) => Over + (Since is { } since && now > since ? now - since : TimeSpan.Zero);

    /// <summary>The time after an event.</summary>
    public HeldTime After(CampaignEvent entry) => entry switch
    {
        CampaignPaused { Paused: true } => this with { Since = Since ?? entry.At },
        CampaignPaused => new HeldTime(At(entry.At), null),
        SessionStarted => default,
        _ => this,
    };

    /// <summary>The time when a job has ended.</summary>
    public HeldTime AfterJob(DateTimeOffset ended) => ended > Since ? this with { Since = ended } : this;
}
