using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>The share of its workers' time that a campaign spent in jobs, from its records, in their order.</summary>
/// <remarks>A session counts from the start of its first job to the end of its last, so judging the winner is no part of it; nor is the
/// time in which a person held it back.</remarks>
internal sealed class WorkClock
{
    private readonly List<(int Workers, double Seconds)> _before = []; // sessions
    private readonly SortedDictionary<int, double> _inJobsOf = []; // seconds of each worker
    private double _inJobs; // seconds, of sessions before and of this one
    private bool _isSilent; // whether some outcome does not say on which worker it ran
    private int _workers;
    private DateTimeOffset? _first;
    private DateTimeOffset _last;
    private HeldTime _held;
    private TimeSpan _heldAtLast;

    /// <summary>The workers of the last session and their share; <c>null</c> before a job has ended.</summary>
    /// <param name="slots">How many jobs are under way at most: workers beyond that are never started.</param>
    public BusyShare? Busy(int slots)
    {
        var workers = Math.Min(_workers, slots);
        var offered = _before.Append(Now).Sum(session => Math.Min(session.Workers, slots) * session.Seconds);
        return offered > 0 ? new BusyShare(workers, Math.Min(1, _inJobs / offered)) { Each = [.. Each(workers)] } : null;
    }

    private IEnumerable<double> Each(int workers)
    {
        for (var worker = 0; worker < workers && !_isSilent; worker++)
        {
            var offered = _before.Append(Now).Sum(session => session.Workers > worker ? session.Seconds : 0);
            yield return offered > 0 ? Math.Min(1, _inJobsOf.GetValueOrDefault(worker) / offered) : 0;
        }
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
    /// <param name="worker">Which worker ran it; <c>null</c> where the journal does not say.</param>
    public void Observe(DateTimeOffset started, double seconds, int? worker)
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
        if (worker is { } known)
            _inJobsOf[known] = _inJobsOf.GetValueOrDefault(known) + seconds;
        else
            _isSilent = true;
    }
}
