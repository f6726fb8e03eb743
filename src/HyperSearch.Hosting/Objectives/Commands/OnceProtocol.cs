using System.Globalization;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>
/// <c>protocol: once</c>: one process per job. Its last measurement is the outcome, its exit code says whether there is one.
/// </summary>
internal sealed class OnceProtocol(CommandDefinition definition, CommandTemplate template, ChildGuard guard, TimeProvider time)
    : ICommandProtocol
{
    /// <inheritdoc/>
    public void Run(IJobContext context, string checkpointFolder, JobReporter reporter, JobLog log, CancellationToken stop)
    {
        log.IsKept = true;
        var arguments = template.Fill(context.Job, checkpointFolder, context.Worker);
        var command = string.Join(' ', arguments);
        var job = context.Job;
        log.Note(string.Create(
            CultureInfo.InvariantCulture,
            $"{time.GetUtcNow():yyyy-MM-dd'T'HH:mm:ss'Z'} job {job.Number} of trial {job.Trial}, epochs {job.FromEpochs} " +
            $"to {job.ToEpochs}: {command}"));
        log.Flush(); // from here on the checkpoint may be ahead of the measurements that we have read
        var output = new JobOutput(reporter, log);
        using var child = ChildProcess.Start(CommandEnvironment.For(definition, template, context.Job, checkpointFolder, context.Worker),
            guard);
        var stopping = new Stopping(child, definition.Grace, time);
        while (!child.HasExited && !stopping.IsOver)
        {
            child.Pump(stopping.Wait, output);
            log.Flush();
            if (!reporter.GoesOn || stop.IsCancellationRequested)
                stopping.Begin();
        }

        var status = child.End(output);
        log.Note($"ended with {status}{(stopping.HasBegun ? " after it was told to stop" : "")}");
        if (reporter.Excess is { } excess)
            log.Note(excess);
        if (!reporter.GoesOn)
            return;
        if (stopping.HasBegun)
            throw new OperationCanceledException(stop);
        if (!status.Succeeded)
            throw new TransientFailureException(
                $"The command ended with {status}{(reporter.LastEpoch > 0 ? $" after epoch {reporter.LastEpoch}" : "")}. " +
                $"{output.Recent}")
            { ExitCode = status.Code };
        if (reporter.CountsFromZero)
            log.Note("its epochs count from 0, so the last one is taken as the full budget");
        reporter.Finish();
        output.ExplainMissingMetric();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
