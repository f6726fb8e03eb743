using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>A job that a worker has in hand.</summary>
/// <param name="Worker">The worker's number, from 0.</param>
/// <param name="Job">The job.</param>
/// <param name="Epoch">Epochs trained so far.</param>
public sealed record JobInFlight(int Worker, Job Job, int Epoch);

/// <summary>The job that a worker has in hand: written by its thread, read by any.</summary>
internal sealed class WorkerStatus(int worker, TimeProvider time)
{
    private Job? _job;
    private int _epoch;
    private long _attemptStarted = time.GetTimestamp();

    /// <summary>The worker's number, from 0.</summary>
    public int Worker => worker;

    /// <summary>How long the attempt in hand has taken.</summary>
    public TimeSpan AttemptElapsed => time.GetElapsedTime(Interlocked.Read(ref _attemptStarted));

    /// <summary>The job in hand; <c>null</c> when idle.</summary>
    public JobInFlight? InFlight => Volatile.Read(ref _job) is { } job ? new JobInFlight(worker, job, Volatile.Read(ref _epoch)) : null;

    public void Take(Job job)
    {
        Volatile.Write(ref _epoch, job.FromEpochs);
        Volatile.Write(ref _job, job);
        BeginAttempt();
    }

    public void BeginAttempt() => Interlocked.Exchange(ref _attemptStarted, time.GetTimestamp());

    public void Reach(int epoch) => Volatile.Write(ref _epoch, epoch);

    public void Clear() => Volatile.Write(ref _job, null);
}
