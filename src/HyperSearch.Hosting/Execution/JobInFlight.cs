using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>A job that a worker has in hand.</summary>
/// <param name="Worker">The worker's number, from 0.</param>
/// <param name="Job">The job.</param>
/// <param name="Epoch">Epochs trained so far.</param>
/// <param name="Value">The metric that decides, at that epoch; <c>null</c> before the first report that has it.</param>
public sealed record JobInFlight(int Worker, Job Job, int Epoch, double? Value = null)
{
    /// <summary>The process that runs it, for people, where workers of several take part; else <c>null</c>.</summary>
    public string? Place { get; init; }
}

/// <summary>The job that a worker has in hand: written by its thread, read by any.</summary>
internal sealed class WorkerStatus(int worker, TimeProvider time)
{
    private volatile JobInFlight? _inFlight;
    private volatile StopOrder? _stop;
    private long _attemptStarted = time.GetTimestamp();

    /// <summary>The worker's number, from 0.</summary>
    public int Worker => worker;

    /// <summary>How long the attempt in hand has taken.</summary>
    public TimeSpan AttemptElapsed => time.GetElapsedTime(Interlocked.Read(ref _attemptStarted));

    /// <summary>The job in hand; <c>null</c> when idle.</summary>
    public JobInFlight? InFlight => _inFlight;

    /// <summary>The first epoch at which the job in hand may end, because a person stopped it; <c>null</c> when nobody has.</summary>
    public int? StopsAt => _stop is { } order && order.Job == _inFlight?.Job.Number ? order.Epoch : null;

    /// <summary>Begins with a job.</summary>
    public void Take(Job job)
    {
        _stop = null;
        _inFlight = new JobInFlight(worker, job, job.FromEpochs);
        BeginAttempt();
    }

    /// <summary>Begins an attempt at the job in hand.</summary>
    public void BeginAttempt() => Interlocked.Exchange(ref _attemptStarted, time.GetTimestamp());

    /// <summary>Notes an epoch of the job in hand.</summary>
    /// <returns>The reason to stop there; <c>null</c> to go on.</returns>
    public string? Reach(int epoch, double? value)
    {
        _inFlight = _inFlight! with { Epoch = epoch, Value = value };
        return epoch >= StopsAt ? _stop!.Reason : null;
    }

    /// <summary>Ends the job in hand early, if the order is about it.</summary>
    public void Stop(StopOrder order) => _stop = order;

    /// <summary>Has nothing in hand any more.</summary>
    public void Clear() => _inFlight = null;
}
