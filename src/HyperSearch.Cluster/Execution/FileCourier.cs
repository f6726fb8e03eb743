using HyperSearch.Cluster.Files;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Execution;

/// <summary>Brings checkpoints between this machine's folder of a campaign and the host's, and logs to the host's.</summary>
/// <param name="files">The host's files.</param>
/// <param name="folder">The campaign's folder here.</param>
/// <param name="isNeeded">Whether anybody needs the checkpoint that a job leaves at its end.</param>
/// <param name="hasLogs">
/// Whether checkpoints go with their jobs' logs, because whoever goes on from one takes from its log what was measured before.
/// </param>
internal sealed class FileCourier(HostFiles files, CampaignFolder folder, Func<Job, bool> isNeeded, bool hasLogs) : ICourier
{
    private readonly RecentFolders _recent = new();
    private readonly HashSet<string> _inUse = [];

    /// <inheritdoc/>
    public async Task FetchAsync(Job job, CancellationToken stop)
    {
        var here = folder.CheckpointFolder(job.Trial, job.Repeat);
        lock (_recent)
            _inUse.Add(here);
        await files.DownloadAsync(job.Trial, job.Repeat, here, stop);
    }

    /// <inheritdoc/>
    public async Task SendAsync(Job job, ulong identity, CheckpointMoment moment, CancellationToken stop)
    {
        var here = folder.CheckpointFolder(job.Trial, job.Repeat);
        try
        {
            if (moment != CheckpointMoment.Over || isNeeded(job))
                await files.UploadAsync(job.Number, identity, Outgoing(job, here, moment), stop);
        }
        finally
        {
            await files.SendLogAsync(job.Number, identity, folder.LogPath(job), stop);
        }

        if (moment == CheckpointMoment.Running)
            return;
        lock (_recent)
        {
            _inUse.Remove(here);
            _recent.Used(here, _inUse.Contains);
        }
    }

    private OutgoingCheckpoint Outgoing(Job job, string here, CheckpointMoment moment) => new(here)
    {
        Log = hasLogs ? folder.LogPath(job) : null,
        SentLog = CampaignFolder.SentLog(job),
        IsOver = moment == CheckpointMoment.Over,
        IsChanging = moment == CheckpointMoment.Running,
    };
}
