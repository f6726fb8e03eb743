namespace HyperSearch.Cluster.Leases;

/// <summary>
/// What a worker process holds, and what it has finished and not yet heard acknowledged: the worker's side of the protocol, without a
/// clock, a thread or a wire.
/// </summary>
/// <remarks>Not thread-safe.</remarks>
/// <param name="name">The process's name, new with each process.</param>
/// <param name="slots">How many jobs it runs at a time.</param>
internal sealed class LeaseHolder(string name, int slots)
{
    private const double Short = 1; // seconds: while jobs take less, the way to the host is worth hiding
    private const double WayToHost = 0.005; // seconds, both ways: so much work is fetched ahead
    private const double Learning = 0.2;

    private readonly SortedDictionary<int, HeldJob> _held = [];
    private readonly SortedDictionary<int, Outgoing> _outbox = [];
    private double? _seconds;
    private string? _incarnation;
    private long _number;

    /// <summary>Whether the process is leaving.</summary>
    public bool IsDraining { get; set; }

    /// <summary>The reason why the process is leaving, as the end of a sentence; <c>null</c> when it was told to.</summary>
    public string? LeavesBecause { get; set; }

    /// <summary>Whether the campaign needs nothing more.</summary>
    public bool IsOver { get; private set; }

    /// <summary>How many jobs are in hand.</summary>
    public int Held => _held.Count;

    /// <summary>How many outcomes are not acknowledged.</summary>
    public int Unacknowledged => _outbox.Count;

    /// <summary>How many outcomes the host may not have.</summary>
    public int Unsent => _outbox.Values.Count(outgoing => outgoing.SentTo != _incarnation);

    /// <summary>The next report.</summary>
    /// <param name="wait">How long the host may keep the reply.</param>
    public Report Next(TimeSpan wait) => new(
        name,
        ++_number,
        slots,
        Capacity,
        [.. _held.Values],
        [.. _outbox.Select(pair => pair.Value.Told(pair.Key, _incarnation))],
        IsDraining,
        wait)
    {
        LeavesBecause = LeavesBecause,
    };

    /// <summary>Takes the reply to a report.</summary>
    /// <returns>The jobs to begin and the jobs to give up.</returns>
    public (IReadOnlyList<GrantedJob> Begin, IReadOnlyList<int> GiveUp) Take(Report report, Reply reply)
    {
        _incarnation = reply.Incarnation;
        foreach (var finished in report.Finished)
        {
            if (finished.Outcome is not null && _outbox.TryGetValue(finished.Job, out var outgoing))
                outgoing.SentTo = reply.Incarnation;
        }

        foreach (var job in reply.Acknowledged.Concat(reply.Refused))
            _outbox.Remove(job);
        foreach (var job in reply.Wanted)
        {
            if (_outbox.TryGetValue(job, out var outgoing))
                outgoing.SentTo = "";
        }

        var giveUp = reply.Dropped.Where(_held.Remove).ToList();
        var begin = new List<GrantedJob>();
        foreach (var granted in IsDraining ? [] : reply.Granted)
        {
            if (_outbox.ContainsKey(granted.Job) || !_held.TryAdd(granted.Job, new HeldJob(granted.Job, granted.Identity, 0)))
                continue;
            begin.Add(granted);
        }

        foreach (var stopping in reply.Stopping)
        {
            if (_held.TryGetValue(stopping.Job, out var held))
                _held[stopping.Job] = held with { IsStopping = true };
        }

        IsOver |= reply.IsOver;
        if (IsOver)
            _outbox.Clear();
        return (begin, giveUp);
    }

    /// <summary>The reply to a report was lost, so nobody knows whether its outcomes have arrived.</summary>
    public void Lose(Report report)
    {
        foreach (var finished in report.Finished)
        {
            if (_outbox.TryGetValue(finished.Job, out var outgoing))
                outgoing.SentTo = "";
        }
    }

    /// <summary>Whether it would take another job.</summary>
    public bool HasRoom => !IsDraining && _held.Count < Capacity;

    /// <summary>Whether jobs take less than the way to the host, so that several outcomes travel together.</summary>
    public bool HasShortJobs => _seconds < WayToHost;

    private int Capacity => _seconds < Short
        ? slots + (int)Math.Clamp(slots * WayToHost / _seconds.Value, Math.Max(1, slots / 4), 8.0 * slots)
        : slots;

    /// <summary>Whether a job is in hand.</summary>
    public bool Holds(int job) => _held.ContainsKey(job);

    /// <summary>Notes how far a job has come.</summary>
    /// <param name="job">Its number.</param>
    /// <param name="slot">The slot that runs it.</param>
    /// <param name="epoch">Epochs trained so far.</param>
    /// <param name="value">The metric that decides, at that epoch.</param>
    public void Reach(int job, int slot, int epoch, double? value)
    {
        if (_held.TryGetValue(job, out var held))
            _held[job] = held with { Slot = slot, Epoch = epoch, Value = value };
    }

    /// <summary>A job has ended.</summary>
    /// <param name="job">Its number.</param>
    /// <param name="outcome">Its outcome as <see cref="JobForm"/> writes it.</param>
    /// <param name="seconds">How long it took.</param>
    /// <returns>False when it was given up meanwhile.</returns>
    public bool Finish(int job, byte[] outcome, double seconds)
    {
        if (!_held.Remove(job, out var held))
            return false;
        _outbox.Add(job, new Outgoing(held.Identity, outcome));
        _seconds = _seconds is { } mean ? mean + (Learning * (seconds - mean)) : seconds;
        return true;
    }

    /// <summary>A job comes back without an outcome, because the process leaves.</summary>
    public void Return(int job) => _held.Remove(job);

    /// <summary>An outcome on its way.</summary>
    private sealed class Outgoing(ulong identity, byte[] outcome)
    {
        /// <summary>Which incarnation of the host has certainly got it; empty for none.</summary>
        public string SentTo { get; set; } = "";

        /// <summary>What a report says of it: the outcome itself only where it may not have arrived.</summary>
        public FinishedJob Told(int job, string? incarnation) => new(job, identity, SentTo == incarnation ? null : outcome);
    }
}
