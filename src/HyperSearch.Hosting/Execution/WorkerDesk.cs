using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>What one worker is doing, written by its thread and read by everybody.</summary>
internal sealed class WorkerDesk(int worker, TimeProvider time)
{
    private Job? _job;
    private int _epoch;
    private long _attemptStarted = time.GetTimestamp();

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
