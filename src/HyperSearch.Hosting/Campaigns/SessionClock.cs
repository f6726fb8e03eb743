using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Adds up the wall time of a campaign's sessions, and the trials that ended in them, from its records, in their order.</summary>
internal sealed class SessionClock
{
    private TimeSpan _ended, _workedBefore;
    private DateTimeOffset? _started;
    private DateTimeOffset _last;
    private HeldTime _held;
    private int _trialsBefore, _trials;

    /// <summary>The start of the session in hand, UTC; <c>null</c> between sessions.</summary>
    public DateTimeOffset? Started => _started;

    /// <summary>Wall time of all sessions; a session without an end counts up to its last sign of life.</summary>
    public TimeSpan Elapsed => _ended + (_started is { } started && _last > started ? _last - started : TimeSpan.Zero);

    private TimeSpan Worked => _workedBefore + (_started is { } started ? WorkedSince(started) : TimeSpan.Zero);

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

    /// <summary>How fast trials end: in the session in hand where there is one, counted up to the last sign of life, else in all of
    /// them.</summary>
    /// <param name="running">Whether a session is in hand.</param>
    /// <param name="planned">How many trials are asked for in all.</param>
    public Pace? Pace(bool running, int planned) => running && _started is { } started
        ? Planning.Pace.Of(_trials, WorkedSince(started), planned - _trialsBefore - _trials)
        : Planning.Pace.Of(_trialsBefore + _trials, Worked, planned - _trialsBefore - _trials);

    /// <summary>Takes note of an event.</summary>
    public void Observe(CampaignEvent entry)
    {
        switch (entry)
        {
            case SessionStarted:
                (_workedBefore, _trialsBefore, _trials) = (Worked, _trialsBefore + _trials, 0);
                (_ended, _started, _last) = (Elapsed, entry.At, entry.At);
                break;
            case SessionEnded ended:
                var wall = TimeSpan.FromSeconds(Math.Max(0, ended.Seconds));
                _workedBefore += Positive(wall - _held.At(entry.At));
                (_ended, _started) = (_ended + wall, null);
                break;
            default:
                See(entry.At);
                break;
        }

        _held = _held.After(entry);
    }

    /// <summary>Takes note of an outcome.</summary>
    /// <param name="started">When its job started, UTC.</param>
    /// <param name="seconds">How long the job took.</param>
    /// <param name="isFirst">Whether it is the first of its trial.</param>
    public void Observe(DateTimeOffset started, double seconds, bool isFirst)
    {
        var ended = started + TimeSpan.FromSeconds(seconds);
        See(ended);
        _held = _held.AfterJob(ended);
        _trials += isFirst ? 1 : 0;
    }

    private static TimeSpan Positive(TimeSpan time) => time > TimeSpan.Zero ? time : TimeSpan.Zero;

    private TimeSpan WorkedSince(DateTimeOffset started) => Positive(_last - started - _held.At(_last));

    private void See(DateTimeOffset moment)
    {
        if (moment > _last)
            _last = moment;
    }
}
