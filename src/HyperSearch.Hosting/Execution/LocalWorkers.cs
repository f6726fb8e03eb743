using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Threading.Channels;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Execution;

/// <summary>Worker threads of this process, one trial each, between two bounded channels.</summary>
/// <remarks>
/// A thread starts when a job waits for it. There are never more threads than slots, because the planner never has more jobs out.
/// </remarks>
internal sealed class LocalWorkers(JobRunner runner, int workers, int slots, TimeSpan? trialTimeout, TimeProvider time, ILogger logger)
    : IWorkers
{
    /// <summary>
    /// How long an interrupted job may take to leave its checkpoint before its thread is given up: SIGTERM promises to be gone in ten
    /// seconds.
    /// </summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(8);

    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(slots);
    private readonly Channel<Outcome> _outcomes = Channel.CreateBounded<Outcome>(slots);
    private readonly Worker?[] _started = new Worker?[Math.Min(workers, slots)];
    private readonly ConcurrentDictionary<int, DroppableJob> _droppable = [];
    private readonly ConcurrentDictionary<int, StopOrder> _stops = []; // by job, until it ends
    private volatile TaskCompletionSource? _pause;

    /// <inheritdoc/>
    public ChannelWriter<Job> Jobs => _jobs.Writer;

    /// <inheritdoc/>
    public ChannelReader<Outcome> Outcomes => _outcomes.Reader;

    /// <inheritdoc/>
    public ImmutableArray<JobInFlight> InFlight => [.. _started.Select(worker => worker?.Status.InFlight).OfType<JobInFlight>()];

    /// <inheritdoc/>
    public int Count => _started.Length;

    /// <inheritdoc/>
    public bool Paused => _pause is not null;

    /// <summary>How many threads have been started.</summary>
    internal int Started => _started.Count(worker => worker is not null);

    /// <inheritdoc/>
    public async Task RunAsync(CancellationToken stop)
    {
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var serving = new List<Task>();
        try
        {
            while (serving.Count < _started.Length && await _jobs.Reader.WaitToReadAsync(abandon.Token))
            {
                await GoAsync(abandon.Token);
                if (_jobs.Reader.TryRead(out var first))
                    serving.Add(ServeAsync(_started[serving.Count] = new Worker(serving.Count, time), first, abandon));
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // Interrupted, or another worker has failed: its exception follows.
        }

        await Task.WhenAll(serving);
        _outcomes.Writer.TryComplete();
    }

    /// <inheritdoc/>
    public void Stop(StopOrder order)
    {
        _stops[order.Job] = order; // before the look at the workers, so that one that takes the job just now finds it
        foreach (var worker in _started)
        {
            if (worker?.Status is { InFlight.Job.Number: var number } status && number == order.Job)
                status.Stop(order);
        }
    }

    /// <inheritdoc/>
    public void Pause(bool paused)
    {
        if (paused)
            _pause ??= new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        else if (Interlocked.Exchange(ref _pause, null) is { } over)
            over.TrySetResult();
    }

    /// <summary>Waits while the workers are paused.</summary>
    private async Task GoAsync(CancellationToken stop)
    {
        while (_pause is { } pause)
            await pause.Task.WaitAsync(stop);
    }

    /// <summary>Takes a job that may be dropped again.</summary>
    /// <returns>False when there is no room, or no session.</returns>
    internal bool TryBegin(Job job)
    {
        _droppable[job.Number] = new DroppableJob();
        return _jobs.Writer.TryWrite(job);
    }

    /// <summary>Gives up a job that <see cref="TryBegin"/> took, as if it were interrupted.</summary>
    /// <returns>Ends when the job has left, with or without an outcome.</returns>
    internal Task DropAsync(int job) => _droppable.TryGetValue(job, out var held) ? held.DropAsync() : Task.CompletedTask;

    private async Task ServeAsync(Worker worker, Job first, CancellationTokenSource abandon)
    {
        using var owned = worker;
        try
        {
            await WorkAsync(worker, first, abandon.Token);
            while (await _jobs.Reader.WaitToReadAsync(abandon.Token))
            {
                await GoAsync(abandon.Token);
                if (_jobs.Reader.TryRead(out var job))
                    await WorkAsync(worker, job, abandon.Token);
            }
        }
        catch (OperationCanceledException) when (abandon.IsCancellationRequested)
        {
            // Interrupted between two jobs: nothing is in hand.
        }
        catch (ChannelClosedException)
        {
            // Another worker has failed; its exception ends the session, and this outcome will be run again.
        }
        catch (Exception failure)
        {
            _outcomes.Writer.TryComplete(failure); // nobody waits for the other workers to hear of it
            await abandon.CancelAsync();
            throw;
        }
    }

    /// <summary>Runs a job to its outcome. A job that does not leave in time keeps its thread, and the worker gets another.</summary>
    private async Task WorkAsync(Worker worker, Job job, CancellationToken stop)
    {
        if (!_droppable.TryGetValue(job.Number, out var droppable))
        {
            await RunAsync(worker, job, stop);
            return;
        }

        using var owned = droppable;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, droppable.Dropped);
        try
        {
            await RunAsync(worker, job, either.Token);
        }
        finally
        {
            _droppable.TryRemove(job.Number, out _);
        }
    }

    private async Task RunAsync(Worker worker, Job job, CancellationToken stop)
    {
        var status = worker.Status;
        status.Take(job);
        if (_stops.TryGetValue(job.Number, out var order))
            status.Stop(order);
        var running = worker.Thread.RunAsync(() => runner.Run(job, status, stop));
        if (!await EndsInTimeAsync(running, status, stop))
        {
            Log.WorkerAbandoned(logger, job.Trial, status.Worker);
            worker.ReplaceThread();
        }

        var outcome = running.IsCompleted ? await running : stop.IsCancellationRequested ? null : Hung(job, status);
        status.Clear();
        _stops.TryRemove(job.Number, out _);
        if (outcome is not null)
            await _outcomes.Writer.WriteAsync(outcome, CancellationToken.None);
    }

    /// <summary>
    /// Waits for a job; false when an attempt ignored its limit for as long again, or an interruption for <see cref="Drain"/>.
    /// </summary>
    private async Task<bool> EndsInTimeAsync(Task running, WorkerStatus status, CancellationToken stop)
    {
        while (!running.IsCompleted && !stop.IsCancellationRequested)
        {
            var left = trialTimeout is { } limit ? (2 * limit) - status.AttemptElapsed : Timeout.InfiniteTimeSpan;
            if (trialTimeout is not null && left <= TimeSpan.Zero)
                return false;
            await running.WaitAsync(left, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await running.WaitAsync(Drain, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running.IsCompleted;
    }

    private Outcome Hung(Job job, WorkerStatus status)
    {
        var limit = Figures.Duration(trialTimeout!.Value.TotalSeconds);
        var reason = $"hung: it ran longer than its limit of {limit} (limits.trial_timeout) and ignored being stopped";
        return Outcome.Of(job, OutcomeState.TimedOut, reason) with
        {
            Seconds = status.AttemptElapsed.TotalSeconds,
            Started = time.GetUtcNow() - status.AttemptElapsed,
            Worker = status.Worker,
        };
    }

    /// <summary>A job that may be given up, from its coming to its going.</summary>
    private sealed class DroppableJob : IDisposable
    {
        private readonly CancellationTokenSource _dropped = new();
        private readonly TaskCompletionSource _left = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Cancelled when the job is given up.</summary>
        public CancellationToken Dropped => _dropped.Token;

        public async Task DropAsync()
        {
            try
            {
                await _dropped.CancelAsync();
            }
            catch (ObjectDisposedException)
            {
                // It has just left by itself.
            }

            await _left.Task;
        }

        public void Dispose()
        {
            _left.TrySetResult();
            _dropped.Dispose();
        }
    }

    /// <summary>A worker and its thread.</summary>
    private sealed class Worker(int number, TimeProvider time) : IDisposable
    {
        public WorkerStatus Status { get; } = new(number, time);

        public WorkerThread Thread { get; private set; } = NewThread(number);

        public void ReplaceThread()
        {
            Thread.Dispose();
            Thread = NewThread(number);
        }

        public void Dispose() => Thread.Dispose();

        private static WorkerThread NewThread(int number) => new(FormattableString.Invariant($"hypersearch worker {number}"));
    }
}
