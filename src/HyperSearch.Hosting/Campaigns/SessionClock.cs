using HyperSearch.Hosting.Journals;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Adds up the wall time of a campaign's sessions from its records, in their order.</summary>
internal sealed class SessionClock
{
    private TimeSpan _ended;
    private DateTimeOffset? _started;
    private DateTimeOffset _last;

    /// <summary>When the session in hand started; <c>null</c> between sessions.</summary>
    public DateTimeOffset? Started => _started;

    /// <summary>Wall time of all sessions; of one without an end, up to the last sign of life.</summary>
    public TimeSpan Elapsed => _ended + (_started is { } started && _last > started ? _last - started : TimeSpan.Zero);

    /// <summary>A clock that goes on from here by itself.</summary>
    public SessionClock Copy() => (SessionClock)MemberwiseClone();

    /// <summary>Counts what an index remembers of sessions that it was not shown.</summary>
    public void Recall(TimeSpan elapsed) => (_ended, _started) = (elapsed, null);

    /// <summary>Wall time of all sessions, the one in hand counted up to now.</summary>
    public TimeSpan ElapsedAt(DateTimeOffset now)
    {
        See(now);
        return Elapsed;
    }

    /// <summary>Takes note of an event.</summary>
    public void Observe(CampaignEvent entry)
    {
        switch (entry)
        {
            case SessionStarted:
                (_ended, _started, _last) = (Elapsed, entry.At, entry.At);
                break;
            case SessionEnded ended:
                (_ended, _started) = (_ended + TimeSpan.FromSeconds(Math.Max(0, ended.Seconds)), null);
                break;
            default:
                See(entry.At);
                break;
        }
    }

    /// <summary>Takes note of an outcome.</summary>
    /// <param name="started">When its job started, UTC.</param>
    /// <param name="seconds">How long that took.</param>
    public void Observe(DateTimeOffset started, double seconds) => See(started + TimeSpan.FromSeconds(seconds));

    private void See(DateTimeOffset moment)
    {
        if (moment > _last)
            _last = moment;
    }
}
