using System.Text.Json;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>Gives each trial that is a copy of another (<c>pbt</c>) that one's checkpoint to begin with.</summary>
/// <remarks>
/// A copy is made before the job is given to a worker, and so before any later job can change the original: whoever runs the jobs, and
/// whenever a session was killed, a trial begins with the same bits. It is made beside itself and renamed, so it is whole or not there.
/// Where checkpoints do more than save time, a second one stays as long as the trial may go on: should a program be killed between its
/// checkpoint and its measurement, it begins with that one again.
/// </remarks>
/// <param name="search">The definition in force.</param>
/// <param name="folder">The campaign.</param>
/// <param name="areExpendable">Whether a checkpoint only saves time.</param>
internal sealed class CheckpointCopies(Search search, CampaignFolder folder, bool areExpendable)
{
    private const string Unfinished = ".unfinished";

    /// <summary>Makes the checkpoint that a job begins with, unless an earlier session has.</summary>
    /// <exception cref="CampaignException">The original's command has left none.</exception>
    /// <exception cref="StoreException">It cannot be written.</exception>
    public void Prepare(Job job)
    {
        if (job.Parent is not { } parent)
            return;
        var (original, own, begun) =
            (folder.CheckpointFolder(parent), folder.CheckpointFolder(job.Trial), folder.FirstCheckpointFolder(job.Trial));
        try
        {
            if (Directory.Exists(own))
                return;
            if (!Directory.Exists(begun) && !Directory.Exists(original))
            {
                RefuseWithout(parent);
                return;
            }

            if (!areExpendable && !Directory.Exists(begun))
                Copy(original, begun);
            Copy(areExpendable ? original : begun, own);
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            throw new StoreException(
                $"The checkpoint of trial {parent} cannot be copied for trial {job.Trial}: {failure.Message} Acknowledged outcomes stay; "
                + "make room, then resume the campaign.", failure);
        }
    }

    /// <summary>Lets a trial that is a copy begin with its first checkpoint again.</summary>
    /// <returns>False where that is not kept here.</returns>
    public static bool BeginAgain(string own, string begun)
    {
        if (!Directory.Exists(begun))
            return false;
        if (Directory.Exists(own))
            Directory.Delete(own, recursive: true);
        Copy(begun, own);
        return true;
    }

    /// <summary>A function in code may need no checkpoint, a trainer makes up for a lost one; a command without any cannot be
    /// copied.</summary>
    private void RefuseWithout(int parent)
    {
        if (search.Objective is CommandDefinition)
        {
            throw new CampaignException(
                $"Trial {parent} left no checkpoint, and pbt copies the checkpoints of the best trials. Let the command write one to "
                + "HYPERSEARCH_CHECKPOINT_DIR (checkpoint_dir of a worker's request) and go on from it, or take another schedule.");
        }
    }

    private static void Copy(string from, string to)
    {
        var made = to + Unfinished;
        if (Directory.Exists(made))
            Directory.Delete(made, recursive: true);
        CopyInto(from, made);
        if (File.Exists(Path.Combine(made, CampaignFolder.MeasurementsFile)))
            SealedJson.Write(Path.Combine(made, CampaignFolder.MeasurementsFile), // what the original measured is not the copy's
                JsonSerializer.SerializeToUtf8Bytes(new Measurements([]), MeasurementJson.Default.Measurements));
        Directory.Move(made, to);
        DirectorySync.Flush(Path.GetDirectoryName(to)!);
    }

    private static void CopyInto(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var path in Directory.EnumerateFiles(from))
        {
            if (Path.GetFileName(path).StartsWith(CampaignFolder.SentLogs, StringComparison.Ordinal))
                continue;
            var copy = Path.Combine(to, Path.GetFileName(path));
            File.Copy(path, copy); // keeps the mode: a checkpoint may be a program
            using var written = new FileStream(copy, FileMode.Open, FileAccess.ReadWrite);
            written.Flush(flushToDisk: true);
        }

        foreach (var path in Directory.EnumerateDirectories(from))
            CopyInto(path, Path.Combine(to, Path.GetFileName(path)));
        DirectorySync.Flush(to);
    }
}
