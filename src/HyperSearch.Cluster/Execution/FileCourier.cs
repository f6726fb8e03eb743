using HyperSearch.Cluster.Files;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Execution;

/// <summary>Brings checkpoints between this machine's folder of a campaign and the host's.</summary>
/// <param name="files">The host's files.</param>
/// <param name="folder">The campaign's folder here.</param>
/// <param name="isNeeded">Whether anybody needs the checkpoint that a job leaves at its end.</param>
internal sealed class FileCourier(HostFiles files, CampaignFolder folder, Func<Job, bool> isNeeded) : ICourier
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
    public async Task SendAsync(Job job, ulong identity, bool isOver, CancellationToken stop)
    {
        var here = folder.CheckpointFolder(job.Trial, job.Repeat);
        if (!isOver || isNeeded(job))
            await files.UploadAsync(job.Number, identity, here, stop);
        lock (_recent)
        {
            _inUse.Remove(here);
            _recent.Used(here, _inUse.Contains);
        }
    }
}
