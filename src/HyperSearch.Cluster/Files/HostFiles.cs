using HyperSearch.Analysis;

namespace HyperSearch.Cluster.Files;

/// <summary>
/// The host's files as a worker sees them. Whatever the network loses is asked for again, until the caller has no patience left.
/// </summary>
/// <remarks>
/// <code>
/// var files = new HostFiles(client.GetGrain&lt;IFilesGrain&gt;(campaign), TimeProvider.System);
/// var text = await files.PlaceInputsAsync(welcome.SearchText, welcome.Inputs, cache, stop);    // once, when it has joined
/// await files.DownloadAsync(job.Trial, job.Repeat, folder.CheckpointFolder(job.Trial, job.Repeat), stop);     // before a job that goes on
/// await files.UploadAsync(job.Number, identity, new OutgoingCheckpoint(place), stop);        // before its outcome is told
/// </code>
/// An error of this machine's own disk is thrown as what it is.
/// </remarks>
/// <param name="grain">The host's door.</param>
/// <param name="time">The clock.</param>
internal sealed class HostFiles(IFilesGrain grain, TimeProvider time)
{
    private const int MostTries = 5;

    /// <summary>How soon a call is repeated that did not come back. Default 0.5 s.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5);

    /// <summary>The folder that host and worker see, where files are read and written that else are sent; <c>null</c> for none.</summary>
    public SharedFolder? Shared { get; init; }

    private long MostBytes => Shared is null ? Manifest.MostBytes : long.MaxValue;

    /// <summary>The same files where host and worker share a folder.</summary>
    public HostFiles In(SharedFolder? shared) => new(grain, time) { Shared = shared };

    /// <summary>Sends the checkpoint that a job left, as far as the host does not have it already.</summary>
    /// <param name="job">The job's number.</param>
    /// <param name="identity">Its identity.</param>
    /// <param name="checkpoint">The checkpoint. One without files is not sent.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>
    /// Whether the host has it now; <c>false</c> when the job's outcome came from elsewhere, or there is nothing to send.
    /// </returns>
    /// <exception cref="ClusterException">The folder cannot be sent, or changes while it is sent.</exception>
    public async Task<bool> UploadAsync(int job, ulong identity, OutgoingCheckpoint checkpoint, CancellationToken stop)
    {
        try
        {
            return await UploadWholeAsync(job, identity, checkpoint, stop);
        }
        finally
        {
            checkpoint.Forget();
        }
    }

    private async Task<bool> UploadWholeAsync(int job, ulong identity, OutgoingCheckpoint checkpoint, CancellationToken stop)
    {
        var most = checkpoint.IsChanging ? 1 : MostTries;
        for (var tries = 0; tries < most;)
        {
            var manifest = await Task.Run(() => checkpoint.List(MostBytes), stop);
            if (manifest.Files.Length == 0)
                return false;
            switch (await UploadAsync(job, identity, checkpoint, manifest, stop))
            {
                case UploadEnd.Kept:
                    return true;
                case UploadEnd.JobClosed:
                    return false;
                case UploadEnd.JobNotYet:
                    await Task.Delay(Pause, time, stop);
                    break;
                case UploadEnd.Damaged:
                    tries++;
                    break;
                default:
                    break; // the host was away, and knows nothing of the upload
            }
        }

        throw new ClusterException(
            $"\"{checkpoint.Folder}\" was sent {Figures.Count(most, "time")} and never arrived as it had left: does something still write "
            + "there?");
    }

    /// <summary>Shows the host the end of a job's log, where there is one.</summary>
    /// <param name="job">The job's number.</param>
    /// <param name="identity">Its identity.</param>
    /// <param name="path">The log, which may still be written.</param>
    /// <param name="stop">Gives up.</param>
    public async Task SendLogAsync(int job, ulong identity, string path, CancellationToken stop)
    {
        if (!File.Exists(path))
            return;
        var length = new FileInfo(path).Length;
        var piece = await Pieces.ReadAsync(path, Math.Max(0, length - LogDoor.MostBytes), stop);
        var tail = new Piece(piece.Bytes.Length > LogDoor.MostBytes ? piece.Bytes[..LogDoor.MostBytes] : piece.Bytes); // it has grown
        while (await CallAsync(() => grain.PutLog(job, identity, Math.Max(length, tail.Bytes.Length), tail), stop) == JobStanding.NotYet)
            await Task.Delay(Pause, time, stop);
    }

    /// <summary>Fetches a trial's checkpoint, as far as it is not here already.</summary>
    /// <param name="trial">The trial.</param>
    /// <param name="repeat">Its repeat, 0 for the trial itself.</param>
    /// <param name="folder">Where it belongs here. Without a checkpoint at the host it stays as it is.</param>
    /// <param name="stop">Gives up.</param>
    /// <exception cref="ClusterException">The host has one that cannot be sent, or that changes while it is sent.</exception>
    public async Task DownloadAsync(int trial, int repeat, string folder, CancellationToken stop)
    {
        var parent = Directory.CreateDirectory(Path.GetDirectoryName(folder)!).FullName;
        for (var tries = 0; tries < MostTries; tries++)
        {
            var manifest = await CallAsync(() => grain.FindCheckpoint(trial, repeat), stop);
            manifest.Check("The checkpoint of the host", MostBytes);
            if (manifest.Files.Length == 0 || await Task.Run(() => IsThere(folder, manifest), stop))
                return;
            var made = Path.Combine(parent, $"{FolderSwap.Coming}{Guid.NewGuid():N}");
            try
            {
                if (!await FillAsync(made, folder, manifest, (file, offset, end) => ReadAsync(trial, repeat, file.Path, offset, end), stop))
                    continue;
                if (FolderSwap.Put(made, folder) is { } aside)
                    Directory.Delete(aside, recursive: true);
                return;
            }
            finally
            {
                if (Directory.Exists(made))
                    Directory.Delete(made, recursive: true);
            }
        }

        throw new ClusterException($"The checkpoint of trial {trial} was fetched {MostTries} times and never arrived as it had left.");
    }

    /// <summary>Whether a folder holds the files of a manifest and no others.</summary>
    private static bool IsThere(string folder, Manifest manifest) => Directory.Exists(folder)
        && Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories).Count() == manifest.Files.Length
        && Array.TrueForAll(manifest.Files, file => FileHash.Matches(Path.Combine(folder, file.Path), file));

    /// <summary>Fetches the files that a search names into a cache, and says in its text where they lie here.</summary>
    /// <param name="searchText">The text of the campaign's search file.</param>
    /// <param name="inputs">What the host lists: <see cref="InputFiles.All"/>.</param>
    /// <param name="cache">The worker's cache.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The text with the places of this machine; <c>SearchFile.Parse</c> reads it.</returns>
    /// <exception cref="ClusterException">The host lists what may not be received, or does not have what it lists.</exception>
    public async Task<string> PlaceInputsAsync(string searchText, IEnumerable<InputFile> inputs, DataCache cache, CancellationToken stop)
    {
        foreach (var input in inputs)
            searchText = DataCache.Place(searchText, input, await PlaceOfAsync(input, cache, stop));
        return searchText;
    }

    private async Task<string> PlaceOfAsync(InputFile input, DataCache cache, CancellationToken stop) =>
        (Shared is null ? null : await Task.Run(() => Shared.Find(input), stop)) ?? await cache.FetchAsync(input, ReadInputAsync, stop);

    /// <summary>Fetches the programs that a command ships, and unpacks them.</summary>
    /// <param name="bundle">What the host lists: <see cref="CommandBundle.Manifest"/>.</param>
    /// <param name="cache">The worker's cache.</param>
    /// <param name="stop">Gives up.</param>
    /// <returns>The folder in which the command is to run.</returns>
    /// <exception cref="ClusterException">The host lists what may not be received, or does not have what it lists.</exception>
    public Task<string> UnpackAsync(Manifest bundle, DataCache cache, CancellationToken stop) =>
        cache.UnpackAsync(bundle, ReadInputAsync, stop);

    /// <summary>Fills a new folder with the files of a manifest: those that lie in an older one are copied, the others fetched.</summary>
    /// <returns>Whether all are there and as the manifest says.</returns>
    internal static async Task<bool> FillAsync(
        string made, string older, Manifest manifest, ReadPiece read, CancellationToken stop)
    {
        Directory.CreateDirectory(made);
        var missing = new List<(FileEntry, long)>();
        foreach (var file in manifest.Files)
        {
            var here = Path.Combine(made, file.Path);
            Directory.CreateDirectory(Path.GetDirectoryName(here)!);
            if (FileHash.Matches(Path.Combine(older, file.Path), file))
                File.Copy(Path.Combine(older, file.Path), here);
            else
                missing.Add((file, file.Length));
        }

        var isWhole = true;
        await Pieces.MoveAsync(
            missing,
            async (file, offset, end) =>
            {
                if (!isWhole)
                    return;
                if (await read(file, offset, end) is { } piece && offset <= file.Length - piece.Bytes.Length)
                    await Pieces.WriteAsync(Path.Combine(made, file.Path), offset, piece, end);
                else
                    isWhole = false;
            },
            stop);
        return isWhole && await Task.Run(() => manifest.Files.All(file => FileHash.Matches(Path.Combine(made, file.Path), file)), stop);
    }

    private async Task<UploadEnd> UploadAsync(
        int job, ulong identity, OutgoingCheckpoint checkpoint, Manifest manifest, CancellationToken stop)
    {
        var begun = await CallAsync(() => grain.BeginUpload(job, identity, manifest, checkpoint.IsOver), stop);
        if (begun.Standing != JobStanding.Open)
            return begun.Standing == JobStanding.NotYet ? UploadEnd.JobNotYet : UploadEnd.JobClosed;
        var isKnown = true;
        await Pieces.MoveAsync(
            begun.Needed.Select(file => (file, manifest.Files[file].Length)),
            async (file, offset, end) =>
            {
                if (!isKnown)
                    return;
                var piece = await Pieces.ReadAsync(checkpoint.PathOf(manifest.Files[file].Path), offset, end);
                if (piece.Bytes.Length > manifest.Files[file].Length - offset)
                    piece = new Piece([]); // the file has grown: what arrives will not match, and is sent anew
                if (Shared is not null)
                    await Pieces.WriteAsync(Path.Combine(Shared.Upload(begun.Upload), manifest.Files[file].Path), offset, piece, end);
                else if (!await CallAsync(() => grain.PutPiece(begun.Upload, file, offset, piece), end))
                    isKnown = false;
            },
            stop);
        return isKnown ? await CallAsync(() => grain.CommitUpload(begun.Upload), stop) : UploadEnd.Unknown;
    }

    private async Task<Piece?> ReadAsync(int trial, int repeat, string path, long offset, CancellationToken stop)
    {
        if (Shared is null)
            return await CallAsync(() => grain.ReadCheckpoint(trial, repeat, path, offset), stop);
        try
        {
            return await Pieces.ReadAsync(Path.Combine(Shared.Checkpoint(trial, repeat), path), offset, stop);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // another rung's checkpoint took its place
        }
    }

    private async Task<Piece?> ReadInputAsync(FileEntry file, long offset, CancellationToken stop) =>
        await CallAsync(() => grain.ReadInput(file.Hash, offset), stop);

    /// <summary>Calls the host until it answers. Only what it says itself is final.</summary>
    private async Task<T> CallAsync<T>(Func<Task<T>> call, CancellationToken stop)
    {
        while (true)
        {
            stop.ThrowIfCancellationRequested();
            try
            {
                return await call().WaitAsync(stop);
            }
            catch (Exception failure) when (failure
                is OrleansException or TimeoutException or ObjectDisposedException or NoCampaignException)
            {
                await Task.Delay(Pause, time, stop);
            }
        }
    }
}
