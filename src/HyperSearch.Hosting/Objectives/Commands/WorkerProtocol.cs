using System.Collections.Concurrent;
using System.Globalization;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary><c>protocol: worker</c>: a process takes one request after another, as many processes as there are jobs at a time.</summary>
/// <remarks>
/// A process that dies, or breaks the protocol, fails the job in hand and is replaced when the next job comes. To stop a job its process
/// gets SIGTERM; one that catches it and
/// answers for the trial with <c>done</c> or <c>error</c> within the grace period lives on, any other is ended and replaced.
/// </remarks>
internal sealed class WorkerProtocol(CommandDefinition definition, CommandTemplate template, ChildGuard guard,
    TimeProvider time, ILogger logger)
    : ICommandProtocol
{
    private readonly ConcurrentDictionary<int, ConcurrentStack<ChildProcess>> _idle = new(); // by worker, because each may have a device
    private volatile bool _disposed;

    /// <inheritdoc/>
    public void Run(IJobContext context, string checkpointFolder, JobReporter reporter, JobLog log, CancellationToken stop)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var job = context.Job;
        var conversation = new WorkerConversation(job, reporter);
        var output = new JobOutput(reporter, log) { Protocol = conversation.Hear };
        if (job.FromEpochs > 0)
            NoteAttempt(job, log);
        var child = Take(context.Worker);
        var keep = false;
        try
        {
            child.Send(ParameterText.Request(job.Trial, job.Point, job.ToEpochs, checkpointFolder, CommandTemplate.SeedOf(job)));
            var stopping = new Stopping(child, definition.Grace, time);
            while (!conversation.IsOver && !stopping.IsOver && !child.HasExited)
            {
                child.Pump(stopping.Wait, output);
                log.Flush();
                if (!conversation.IsOver && (!reporter.GoesOn || stop.IsCancellationRequested))
                    stopping.Begin();
            }

            keep = conversation is { IsOver: true, Breach: null };
            if (!keep)
                Conclude(child, conversation, output, stopping.HasBegun);
            if (reporter.Excess is { } excess)
            {
                log.IsKept = true;
                log.Note(excess);
            }

            if (!reporter.GoesOn)
                return;
            if (stopping.HasBegun)
                throw new OperationCanceledException(stop);
            if (conversation.Error is { } error)
                throw conversation.MayRetry ? new TransientFailureException($"The worker says: {error}") : new CommandFailedException(
                    $"The worker says: {error}");
            reporter.Finish();
            output.ExplainMissingMetric();
        }
        catch (Exception failure) when (failure is TransientFailureException or CommandFailedException)
        {
            log.IsKept = true;
            log.Note(failure.Message);
            throw;
        }
        finally
        {
            GiveBack(child, context.Worker, keep);
        }
    }

    /// <summary>Ends all processes: first by the end of their input, then by SIGTERM, then by SIGKILL.</summary>
    public void Dispose()
    {
        _disposed = true;
        var leaving = new List<ChildProcess>();
        foreach (var idle in _idle.Values)
        {
            while (idle.TryPop(out var child))
                leaving.Add(child);
        }

        foreach (var child in leaving)
            child.CloseInput();
        var patience = TimeSpan.FromSeconds(Math.Min(1, definition.Grace.TotalSeconds));
        Await(leaving, patience);
        foreach (var child in leaving.Where(child => !child.HasExited))
            child.AskToLeave();
        Await(leaving, definition.Grace);
        foreach (var child in leaving)
            child.Dispose();
    }

    /// <summary>A trial that goes on has a checkpoint whether or not this job was tried before; its log tells.</summary>
    private static void NoteAttempt(Job job, JobLog log)
    {
        log.IsKept = true;
        log.Note(string.Create(
            CultureInfo.InvariantCulture, $"job {job.Number} of trial {job.Trial}, epochs {job.FromEpochs} to {job.ToEpochs}"));
        log.Flush();
    }

    private void Await(List<ChildProcess> children, TimeSpan patience)
    {
        var since = time.GetTimestamp();
        while (children.Find(child => !child.HasExited) is { } waitedFor && time.GetElapsedTime(since) < patience)
            waitedFor.Linger();
    }

    private ChildProcess Take(int worker)
    {
        var free = IdleOf(worker);
        while (free.TryPop(out var idle))
        {
            while (idle.Pump(0, NoSink.Instance))
            {
                // a line between two jobs belongs to neither
            }

            if (!idle.HasExited)
                return idle;
            logger.WorkerEnded(idle.Id, idle.End(NoSink.Instance).ToString());
        }

        var child = ChildProcess.Start(CommandEnvironment.ForWorker(definition, template, worker), guard);
        logger.WorkerStarted(child.Id);
        return child;
    }

    private ConcurrentStack<ChildProcess> IdleOf(int worker) => _idle.GetOrAdd(worker, static _ => new ConcurrentStack<ChildProcess>());

    private void GiveBack(ChildProcess child, int worker, bool keep)
    {
        if (keep)
            IdleOf(worker).Push(child);
        else
            child.Dispose();
        if (_disposed)
            Dispose(); // it was in use when all the others were ended
    }

    private void Conclude(ChildProcess child, WorkerConversation conversation, JobOutput output, bool wasStopped)
    {
        var status = child.End(output);
        logger.WorkerEnded(child.Id, status.ToString());
        if (wasStopped || conversation is { IsOver: true, Breach: null })
            return;
        throw new TransientFailureException(conversation.Breach is { } breach
            ? $"The worker broke the protocol, and was ended: {breach}. {output.Recent}"
            : $"The worker ended with {status} in the middle of a trial. {output.Recent}");
    }
}
