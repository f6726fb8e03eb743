using System.Collections.Immutable;
using System.Threading.Channels;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Execution;

/// <summary>Worker threads between two bounded channels: jobs in, outcomes out.</summary>
internal sealed class WorkerPool(JobRunner runner, int workers, int slots, TimeSpan? trialTimeout, TimeProvider time, ILogger logger)
{
    /// <summary>How long an interrupted job may take to leave its checkpoint before its thread is given up: SIGTERM promises to be gone in ten seconds.</summary>
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(8);

    private readonly Channel<Job> _jobs = Channel.CreateBounded<Job>(slots);
    private readonly Channel<Outcome> _outcomes = Channel.CreateBounded<Outcome>(slots);
    private readonly ImmutableArray<WorkerDesk> _desks = [.. Enumerable.Range(0, workers).Select(worker => new WorkerDesk(worker, time))];

    /// <summary>Where planned jobs go.</summary>
    public ChannelWriter<Job> Jobs => _jobs.Writer;

    /// <summary>Where outcomes come from; completes when every worker has left.</summary>
    public ChannelReader<Outcome> Outcomes => _outcomes.Reader;

    /// <summary>What the workers are doing now.</summary>
    public ImmutableArray<JobInFlight> InFlight => [.. _desks.Select(desk => desk.InFlight).OfType<JobInFlight>()];

    /// <summary>Serves jobs until the channel completes or the session is interrupted.</summary>
    public async Task RunAsync(CancellationToken stop)
    {
        await Task.WhenAll(_desks.Select(desk => ServeAsync(desk, stop)));
        _outcomes.Writer.TryComplete();
    }

    private async Task ServeAsync(WorkerDesk desk, CancellationToken stop)
    {
        var thread = NewThread(desk);
        try
        {
            await foreach (var job in _jobs.Reader.ReadAllAsync(stop))
            {
                desk.Take(job);
                var running = thread.RunAsync(() => runner.Run(job, desk, stop));
                if (!await EndsInTimeAsync(running, desk, stop))
                {
                    Log.WorkerAbandoned(logger, job.Trial, desk.Worker);
                    thread.Dispose();
                    thread = NewThread(desk);
                }

                var outcome = running.IsCompleted ? await running : stop.IsCancellationRequested ? null : Hung(job, desk);
                desk.Clear();
                if (outcome is not null)
                    await _outcomes.Writer.WriteAsync(outcome, CancellationToken.None);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
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
            throw;
        }
        finally
        {
            thread.Dispose();
        }
    }

    /// <summary>Waits for a job; false when an attempt ignored its limit for as long again, or an interruption for <see cref="Drain"/>.</summary>
    private async Task<bool> EndsInTimeAsync(Task running, WorkerDesk desk, CancellationToken stop)
    {
        while (!running.IsCompleted && !stop.IsCancellationRequested)
        {
            var left = trialTimeout is { } limit ? (2 * limit) - desk.AttemptElapsed : Timeout.InfiniteTimeSpan;
            if (trialTimeout is not null && left <= TimeSpan.Zero)
                return false;
            await running.WaitAsync(left, time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await running.WaitAsync(Drain, time, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return running.IsCompleted;
    }

    private Outcome Hung(Job job, WorkerDesk desk) =>
        Outcome.Of(job, OutcomeState.TimedOut, $"hung: it ran longer than its limit of {trialTimeout} (limits.trial_timeout) and ignored being stopped") with
        {
            Seconds = desk.AttemptElapsed.TotalSeconds,
            Started = time.GetUtcNow() - desk.AttemptElapsed,
            Worker = desk.Worker,
        };

    private static WorkerThread NewThread(WorkerDesk desk) => new(FormattableString.Invariant($"hypersearch worker {desk.Worker}"));
}
