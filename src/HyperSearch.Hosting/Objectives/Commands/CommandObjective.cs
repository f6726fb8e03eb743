using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>Evaluates trials by the user's own command, in either protocol.</summary>
/// <remarks>
/// Retries and time limits are the caller's: it cancels the token. A command that exits with anything but 0, or dies, is a transient
/// failure; a program that is missing, or a worker that reports an error, is not.
/// Stopping is SIGTERM to the whole process group, the grace period, then SIGKILL to everything that the job has started. Should we be
/// killed ourselves, a guard process kills the groups at once.
/// </remarks>
internal sealed class CommandObjective : IObjective, IDisposable
{
    private readonly ChildGuard _guard = new();
    private readonly ICommandProtocol _protocol;
    private readonly ILogger _logger;
    private readonly bool _isOpenEnded; // a budget of one epoch is none: the command decides how many it trains

    /// <summary>Makes one; nothing is started before the first job.</summary>
    /// <param name="definition">The command.</param>
    /// <param name="space">The space to search; names in the arguments are checked against it.</param>
    /// <param name="time">For the grace period and the log. Default: the system's.</param>
    /// <param name="logger">For what operators should know. Default: nobody.</param>
    /// <param name="isLinux">Whether the system is Linux. Default: it is asked.</param>
    /// <exception cref="ArgumentException">The arguments are wrong; the message says the first thing that is.</exception>
    /// <exception cref="CampaignException">The system is another one.</exception>
    public CommandObjective(CommandDefinition definition, Space space, TimeProvider? time = null, ILogger? logger = null,
        bool? isLinux = null)
    {
        ArgumentNullException.ThrowIfNull(definition);
        ArgumentNullException.ThrowIfNull(space);
        if (!(isLinux ?? OperatingSystem.IsLinux()))
        {
            throw new CampaignException("Commands run on Linux only: they are started, stopped and cleaned up by means of its kernel. "
                + "On another system use a Linux container, or an objective in C# that starts the program.");
        }

        _logger = logger ?? NullLogger.Instance;
        _isOpenEnded = definition.Epochs == 1;
        time ??= TimeProvider.System;
        var template = CommandTemplate.Of(definition, space);
        _protocol = definition.KeepAlive
            ? new WorkerProtocol(definition, template, _guard, time, _logger)
            : new OnceProtocol(definition, template, _guard, time);
    }

    /// <summary>The guard process's id; <c>null</c> while there is none.</summary>
    internal int? GuardId => _guard.Id;

    /// <inheritdoc/>
    public double WorkPerEpoch(Point point) => 1;

    /// <inheritdoc/>
    public void Run(IJobContext job, CancellationToken stop)
    {
        ArgumentNullException.ThrowIfNull(job);
        stop.ThrowIfCancellationRequested();
        var checkpoints = job.CheckpointFolder;
        TakeSentLogs(job, checkpoints);
        using var log = new JobLog(job.LogPath, _logger);
        try
        {
            var again = log.Exists || (job.Job.FromEpochs == 0 && !IsEmpty(checkpoints));
            var reporter = new JobReporter(job, log.ReadMeasurements(job.Metric), again) { IsOpenEnded = _isOpenEnded };
            _protocol.Run(job, checkpoints, reporter, log, stop);
            if (reporter.LacksEpochs)
                StartAfresh(job, log, stop);
        }
        finally
        {
            LeaveIfEmpty(checkpoints);
        }
    }

    /// <summary>Ends all processes that are left.</summary>
    public void Dispose()
    {
        _protocol.Dispose();
        _guard.Dispose();
    }

    /// <summary>
    /// Trains the trial again from its first epoch, a copy from the checkpoint that it began with: its checkpoint is ahead of its
    /// measurements, because we were killed before we had read it.
    /// </summary>
    private void StartAfresh(IJobContext job, JobLog log, CancellationToken stop)
    {
        log.Note("the checkpoint is ahead of the measurements that were seen, so it is removed and the trial starts afresh");
        if (job.Job.Past.IsEmpty)
            Directory.Delete(job.CheckpointFolder, recursive: true);
        else if (!job.BeginAgain())
        {
            throw new CommandFailedException(
                $"The checkpoint of trial {job.Job.Trial} is ahead of the measurements that were seen, and the one that it began with, a "
                + $"copy of trial {job.Job.Past[^1].Trial}'s, is not kept here, so the trial cannot be trained again.");
        }

        _protocol.Run(job, job.CheckpointFolder, new JobReporter(job, [], again: false) { IsOpenEnded = _isOpenEnded }, log, stop);
    }

    /// <summary>
    /// A checkpoint that another machine has sent brings the log of its job, which says what was measured before it. The command does not
    /// see it.
    /// </summary>
    private static void TakeSentLogs(IJobContext job, string checkpoints)
    {
        JobLog.RemoveSent(job.LogPath);
        foreach (var sent in Directory.GetFiles(checkpoints, $"{CampaignFolder.SentLogs}*"))
        {
            if (Path.GetFileName(sent) == CampaignFolder.SentLog(job.Job) && !CampaignFolder.IsLink(sent) && !File.Exists(job.LogPath))
                File.Move(sent, job.LogPath);
            else
                File.Delete(sent);
        }
    }

    private static bool IsEmpty(string folder) => !Directory.EnumerateFileSystemEntries(folder).Any();

    /// <summary>Many commands keep no checkpoints, and a campaign of 100,000 trials needs no folder for each.</summary>
    private static void LeaveIfEmpty(string folder)
    {
        if (Directory.Exists(folder) && IsEmpty(folder))
            Directory.Delete(folder);
    }
}
