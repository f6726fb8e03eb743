using System.Text;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster.Files;

/// <summary>Where a worker runs the jobs of a campaign: checkpoints and logs, in a folder that goes with the worker.</summary>
/// <remarks>
/// A lock beside the folder tells the living from the dead: the system releases it with the process, and the next worker removes what the
/// dead have left.
/// </remarks>
internal sealed class JobsFolder : IDisposable
{
    private const string Ending = ".lock";

    private readonly FileStream _lock;
    private readonly ILogger _logger;

    private JobsFolder(string path, FileStream held, ILogger logger) => (Place, _lock, _logger) = (path, held, logger);

    /// <summary>The folder, absolute.</summary>
    public string Place { get; }

    /// <summary>Looks whether a worker's folder can be written.</summary>
    /// <param name="work">The worker's folder: <c>--work DIR</c>.</param>
    /// <exception cref="ClusterException">It cannot; the message says why, and what would be right.</exception>
    public static void Check(string work)
    {
        try
        {
            var probe = Path.Combine(Directory.CreateDirectory(work).FullName, $".probe-{Guid.NewGuid():N}");
            try
            {
                File.WriteAllBytes(probe, Encoding.UTF8.GetBytes(probe)); // a full disk makes files, and takes no byte
            }
            finally
            {
                File.Delete(probe);
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw Unusable(work, failure);
        }
    }

    /// <summary>What a worker says of a folder that it cannot write.</summary>
    public static ClusterException Unusable(string work, Exception failure) => new(
        $"The worker cannot keep its files in \"{work}\": {Reason(failure)}. Name a folder that it may write, on a disk with "
        + "room, by --work DIR.", failure);

    /// <summary>Where the system makes no files at all, as under <c>/proc</c>, it says that it finds none.</summary>
    private static string Reason(Exception failure) => failure is FileNotFoundException or DirectoryNotFoundException
        ? "nothing can be made there"
        : failure.Message.TrimEnd('.');

    /// <summary>Makes the folder, and removes those of workers that were killed.</summary>
    /// <param name="work">The worker's folder: <c>--work DIR</c>.</param>
    /// <param name="name">A name that no other worker has.</param>
    /// <param name="logger">Told of folders that cannot be removed.</param>
    public static JobsFolder Make(string work, string name, ILogger logger)
    {
        var parent = Directory.CreateDirectory(Path.Combine(work, "jobs")).FullName;
        foreach (var folder in Directory.GetDirectories(parent))
        {
            if (Hold(folder) is { } left)
                new JobsFolder(folder, left, logger).Dispose();
        }

        var place = Path.Combine(parent, name);
        var held = Hold(place) ?? throw new IOException($"\"{place}{Ending}\" is held by another process.");
        Directory.CreateDirectory(place);
        return new JobsFolder(place, held, logger);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        try
        {
            Directory.Delete(Place, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // Somebody else has removed it.
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            Log.FolderNotRemoved(_logger, Place, failure.Message); // a job that did not leave in time may write there still
        }

        if (!Directory.Exists(Place))
            File.Delete(Place + Ending);
        _lock.Dispose();
    }

    /// <summary>Takes the lock of a folder; <c>null</c> while a living worker has it.</summary>
    private static FileStream? Hold(string folder)
    {
        try
        {
            return new FileStream(folder + Ending, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
