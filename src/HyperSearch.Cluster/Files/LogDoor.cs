using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cluster.Files;

/// <summary>
/// Takes in what jobs elsewhere print, and keeps it where the host's own jobs leave theirs, so that all who look at the campaign find it.
/// Only while a job is open: what a worker sends that has lost its lease may not take the place of a later log.
/// </summary>
/// <remarks>Thread-safe.</remarks>
/// <param name="folder">The campaign, which this process owns.</param>
/// <param name="whileOpen">The fence.</param>
internal sealed class LogDoor(CampaignFolder folder, WhileOpen whileOpen)
{
    /// <summary>How much of a log is sent: its last 64 KiB.</summary>
    public const int MostBytes = 64 << 10;

    /// <summary>Puts the end of a job's log in the place of an earlier one.</summary>
    /// <param name="job">The job's number.</param>
    /// <param name="identity">Its identity.</param>
    /// <param name="length">The bytes of the whole log.</param>
    /// <param name="tail">The last of them.</param>
    /// <exception cref="ClusterException">It is more than is ever sent.</exception>
    public JobStanding Put(int job, ulong identity, long length, Piece tail)
    {
        if (tail.Bytes.Length > MostBytes || length < tail.Bytes.Length)
            throw new ClusterException($"The end of a log has {tail.Bytes.Length} of {length} bytes, and {MostBytes} is the most.");
        var isCut = length > tail.Bytes.Length;
        var text = JobLog.Sent(tail.Bytes, isCut ? $"the end of {Manifest.Size(length)}" : "all of it", isCut);
        folder.Make(folder.LogFolder);
        return whileOpen(job, identity, open => AtomicFile.Write(folder.LogPath(open), text));
    }
}
