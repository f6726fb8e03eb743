using HyperSearch.Hosting.Journals;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Adds up the wall time of a campaign's sessions from its records, in their order.</summary>
internal sealed class SessionClock
{
    private TimeSpan _ended;
    private DateTimeOffset? _started;
    private DateTimeOffset _last;

    /// <summary>The start of the session in hand, UTC; <c>null</c> between sessions.</summary>
    public DateTimeOffset? Started => _started;

    /// <summary>Wall time of all sessions; a session without an end counts up to its last sign of life.</summary>
    public TimeSpan Elapsed => _ended + (_started is { } started && _last > started ? _last - started : TimeSpan.Zero);

    /// <summary>A clock that goes on from here by itself.</summary>
    public SessionClock Copy() => (SessionClock)MemberwiseClone();

    /// <summary>Counts the time of sessions that it was not shown, as an index remembers it.</summary>
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
    /// <param name="seconds">How long the job took.</param>
    public void Observe(DateTimeOffset started, double seconds) => See(started + TimeSpan.FromSeconds(seconds));

    private void See(DateTimeOffset moment)
    {
        if (moment > _last)
            _last = moment;
    }
}
