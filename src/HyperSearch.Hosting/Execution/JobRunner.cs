using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;
using Polly.Timeout;
using Outcome = HyperSearch.Planning.Outcome;

namespace HyperSearch.Hosting.Execution;

/// <summary>
/// Runs one job to its outcome, whatever the objective does: retries a failure that a second try may mend, ends an attempt that takes too
/// long, and turns every exception into a value.
/// </summary>
internal sealed class JobRunner(CampaignRequest request, TimeProvider time, ILogger logger)
{
    private const int LongestText = 8192;
    private static readonly ResiliencePropertyKey<Job> JobKey = new("job");
    private static readonly ResiliencePropertyKey<int?> ExitKey = new("exit code");
    private readonly ConcurrentDictionary<string, bool> _warnings = new(StringComparer.Ordinal);
    private readonly LeaderBar? _leaders = request.Search.Further.IsEmpty ? new(request.Search, RowErrors.Leaders) : null;
    private readonly ResiliencePipeline _pipeline = Pipeline(request.Search.Limits, time, logger);

    /// <summary>Runs a job on the calling thread.</summary>
    /// <param name="job">The job to run.</param>
    /// <param name="status">Shows the job in hand to others.</param>
    /// <param name="stop">Cancelled when the session is interrupted.</param>
    /// <returns>The outcome; <c>null</c> when the session was interrupted before the job had one.</returns>
    public Outcome? Run(Job job, WorkerStatus status, CancellationToken stop)
    {
        var attempts = 0;
        JobContext? context = null;
        var started = time.GetUtcNow();
        Outcome outcome;
        using var activity = Telemetry.Begin(request.Folder.Name, job);
        var resilience = ResilienceContextPool.Shared.Get(stop);
        resilience.Properties.Set(JobKey, job);
        try
        {
            _pipeline.Execute(
                call =>
                {
                    attempts++;
                    status.BeginAttempt();
                    var kept = request.Campaign is { IsKept: false } ? null : request.Folder;
                    var checkpoints = request.Folder.CheckpointFolder(job.Trial, job.Repeat);
                    context = new JobContext(
                        job, request.Search, checkpoints, LogPathOf(job), status.Reach, status.Worker, kept, _leaders, WarnOnce)
                    {
                        StopsAt = status.StopsAt,
                    };
                    Attempt(request.Objective, context, call.CancellationToken);
                },
                resilience);
            outcome = GoalMetrics.WithParameters(context!.Complete(), request.Search, request.Objective);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        catch (DivergenceException divergence)
        {
            outcome = context!.End(OutcomeState.Diverged, divergence.Message);
        }
        catch (TimeoutRejectedException)
        {
            var limit = Figures.Duration(request.Search.Limits.TrialTimeout!.Value.TotalSeconds);
            var reason = $"ran longer than its limit of {limit} (limits.trial_timeout)";
            outcome = context!.End(OutcomeState.TimedOut, reason);
        }
#pragma warning disable CA1031 // The boundary to user code: a trial's exception is its outcome and never takes the campaign down.
        catch (Exception exception) when (!IsOfOwnStore(exception, job)) // a store that fails stops the campaign
#pragma warning restore CA1031 // End of the boundary.
        {
            if (OpenFileLimit.IsReached(exception))
            {
                throw new StoreException($"No more files can be opened (ulimit -n), which is no fault of trial {job.Trial}, so the "
                    + $"campaign stopped: {exception.Message} Acknowledged outcomes stay. {WayOn}", exception);
            }

            Log.TrialFailed(logger, job.Trial, attempts, exception);
            outcome = context!.End(OutcomeState.Failed, ReasonOf(exception)) with { Error = TextOf(exception) };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(resilience);
        }

        var seconds = status.AttemptElapsed.TotalSeconds;
        outcome = outcome with { Attempts = attempts, Seconds = seconds, Started = started, Worker = status.Worker };
        outcome = GoalMetrics.Complete(outcome, request.Search);
        if (outcome is { Value: null, Reason: { } why } && File.Exists(LogPathOf(job)))
            outcome = outcome with
            {
                Reason =
                $"{why}\nIts log is " +
                $"{Path.GetFileName(request.Folder.LogFolder)}/{Path.GetFileName(LogPathOf(job))} in the campaign's folder."
            };
        Telemetry.End(activity, outcome);
        return outcome;
    }

    /// <summary>Runs the objective once.</summary>
    /// <remarks>
    /// Whatever a cancelled attempt throws is its way to leave and no fault of the trial: <c>Wait</c> wraps the cancellation, a database or
    /// a remote call has an exception of its own for it. Else an interruption would be kept as a failure and never run again.
    /// </remarks>
    private static void Attempt(IObjective objective, JobContext context, CancellationToken stop)
    {
        try
        {
            objective.Run(context, stop);
        }
        catch (Exception failure) when (stop.IsCancellationRequested
            && failure is not (OperationCanceledException or DivergenceException) && !IsOfOwnStore(failure, context.Job))
        {
            throw new OperationCanceledException(failure.Message, failure, stop);
        }
        catch (AggregateException wrapped) when (wrapped.InnerExceptions is [var only])
        {
            ExceptionDispatchInfo.Throw(only); // Wait and Result wrap what the objective threw
        }
    }

    /// <summary>Whether this campaign's own store failed, rather than one that the objective opened itself.</summary>
    private static bool IsOfOwnStore(Exception exception, Job job) =>
        exception is StoreException failure && ReferenceEquals(failure.Job, job);

    private void WarnOnce(string sentence)
    {
        if (_warnings.TryAdd(sentence, true))
            Log.ObjectiveWarned(logger, sentence);
    }

    /// <summary>An exception with its stack, for the author of the objective; <c>null</c> where the message says it all.</summary>
    private static string? TextOf(Exception exception)
    {
        if (exception is TransientFailureException or CommandFailedException)
            return null;
        return Shortened(exception.ToString());
    }

    private static string ReasonOf(Exception exception) =>
        string.IsNullOrWhiteSpace(exception.Message) ? exception.GetType().Name : Shortened(exception.Message);

    private static string Shortened(string text) => text.Length <= LongestText ? text : text[..LongestText] + " …";

    private string WayOn => request.FromCommand
        ? $"Raise the limit or take fewer --workers; then \"hypersearch resume {request.Folder.Name}\" goes on."
        : "Raise the limit or take fewer workers (CampaignOptions.Workers); then the same call, or the host when it starts again, goes on.";

    private string LogPathOf(Job job) => request.Folder.LogPath(job);

    /// <summary>Whether a second try may mend a failure: a program that ends at once with the same exit code again has a bug.</summary>
    private static bool MayHelp(RetryPredicateArguments<object> attempt)
    {
        var failure = attempt.Outcome.Exception;
        var code = (failure as TransientFailureException)?.ExitCode;
        var repeats = code is not null && attempt.Context.Properties.GetValue(ExitKey, null) == code;
        attempt.Context.Properties.Set(ExitKey, code);
        return failure is TransientFailureException or IOException && !repeats;
    }

    private static ResiliencePipeline Pipeline(Limits limits, TimeProvider time, ILogger logger)
    {
        var builder = new ResiliencePipelineBuilder { TimeProvider = time };
        if (limits.Retries > 0)
        {
            builder.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = attempt => ValueTask.FromResult(MayHelp(attempt)),
                MaxRetryAttempts = limits.Retries,
                BackoffType = DelayBackoffType.Exponential,
                Delay = TimeSpan.FromMilliseconds(200),
                MaxDelay = TimeSpan.FromSeconds(10),
                UseJitter = true,
                OnRetry = retry =>
                {
                    if (retry.Context.Properties.TryGetValue(JobKey, out var job))
                    {
                        var reason = retry.Outcome.Exception?.Message;
                        var next = retry.AttemptNumber + 2; // the number is that of the attempt that failed, from 0
                        Log.TrialRetried(logger, job.Trial, next, retry.RetryDelay.TotalSeconds, reason);
                    }

                    return default;
                },
            });
        }

        if (limits.TrialTimeout is { } limit)
            builder.AddTimeout(new TimeoutStrategyOptions { Timeout = limit });
        return builder.Build();
    }
}
