using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>The share of its workers' time that a campaign spent in jobs, from its records, in their order.</summary>
/// <remarks>A session counts from the start of its first job to the end of its last, so judging the winner is no part of it; nor is the
/// time in which a person held it back.</remarks>
internal sealed class WorkClock
{
    private readonly List<(int Workers, double Seconds)> _before = []; // sessions
    private double _inJobs; // seconds, of sessions before and of this one
    private int _workers;
    private DateTimeOffset? _first;
    private DateTimeOffset _last;
    private HeldTime _held;
    private TimeSpan _heldAtLast;

    /// <summary>The workers of the last session and their share; <c>null</c> before a job has ended.</summary>
    /// <param name="slots">How many jobs are under way at most: workers beyond that are never started.</param>
    public BusyShare? Busy(int slots)
    {
        var offered = _before.Append(Now).Sum(session => Math.Min(session.Workers, slots) * session.Seconds);
        return offered > 0 ? new BusyShare(Math.Min(_workers, slots), Math.Min(1, _inJobs / offered)) : null;
    }

    private (int Workers, double Seconds) Now => (_workers, _first is { } first ? (_last - first - _heldAtLast).TotalSeconds : 0);

    /// <summary>Takes note of an event.</summary>
    public void Observe(CampaignEvent entry)
    {
        if (entry is SessionStarted session)
        {
            _before.Add(Now);
            (_workers, _first, _heldAtLast) = (session.Workers, null, TimeSpan.Zero);
        }

        _held = _held.After(entry);
    }

    /// <summary>Takes note of an outcome.</summary>
    /// <param name="started">When its job started, UTC.</param>
    /// <param name="seconds">How long the job took.</param>
    public void Observe(DateTimeOffset started, double seconds)
    {
        if (started == default || !double.IsFinite(seconds))
            return;
        var ended = started + TimeSpan.FromSeconds(seconds);
        if (_first is null)
            (_first, _last) = (started, ended);
        if (started < _first)
            _first = started;
        if (ended >= _last)
            (_last, _heldAtLast) = (ended, _held.Over);
        _held = _held.AfterJob(ended);
        _inJobs += seconds;
    }
}
