using System.Collections.Concurrent;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Files;

/// <summary>Where the host stands with a job that a worker speaks of.</summary>
internal enum JobStanding
{
    /// <summary>Its outcome is still awaited.</summary>
    Open,

    /// <summary>Its outcome has come, or this campaign does not have the job: what a worker still has of it is of no use.</summary>
    Closed,

    /// <summary>It was not planned again yet since the host came back: ask again.</summary>
    NotYet,
}

/// <summary>Does something while a job is open, so that its outcome cannot arrive meanwhile.</summary>
/// <param name="job">The job's number.</param>
/// <param name="identity">Its identity.</param>
/// <param name="act">
/// Is called, under the lock that outcomes arrive under, only when the job is open; takes no longer than a rename.
/// </param>
internal delegate JobStanding WhileOpen(int job, ulong identity, Action<Job> act);

/// <summary>
/// Takes checkpoints in from workers and gives them out. Nothing is in place before all of it has come and was verified, and only while the
/// job that made it is open: a worker that has lost its lease cannot put an earlier rung's checkpoint over a later one's.
/// </summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class CheckpointDoor
{
    private readonly CampaignFolder _folder;
    private readonly WhileOpen _whileOpen;
    private readonly long _mostBytes;
    private readonly ConcurrentDictionary<(int Job, ulong Identity), bool> _ends = []; // open jobs whose last checkpoint is here
    private readonly ConcurrentDictionary<string, Upload> _uploads = new(StringComparer.Ordinal);

    /// <summary>Opens the door of a campaign, and removes what uploads to an earlier process left.</summary>
    /// <param name="folder">The campaign, which this process owns.</param>
    /// <param name="whileOpen">The fence: <see cref="WhileOpen"/>.</param>
    /// <param name="mostBytes">The most bytes of a checkpoint.</param>
    public CheckpointDoor(CampaignFolder folder, WhileOpen whileOpen, long mostBytes = Manifest.MostBytes)
    {
        (_folder, _whileOpen, _mostBytes) = (folder, whileOpen, mostBytes);
        if (!CampaignFolder.IsLink(folder.CheckpointsPath))
            FolderSwap.Recover(folder.CheckpointsPath);
    }

    /// <summary>Begins to take in the checkpoint of a job.</summary>
    /// <param name="job">The job's number.</param>
    /// <param name="identity">Its identity.</param>
    /// <param name="manifest">The files.</param>
    /// <param name="isOver">
    /// Whether the job has its outcome: what the next job goes on from. One from the midst of the job never takes the place of it.
    /// </param>
    /// <exception cref="ClusterException">The manifest is unsound or too large.</exception>
    public UploadBegun Begin(int job, ulong identity, Manifest manifest, bool isOver)
    {
        manifest.Check("The checkpoint", _mostBytes);
        var place = "";
        var standing = _whileOpen(job, identity, open => place = _folder.CheckpointFolder(open.Trial, open.Repeat));
        if (standing != JobStanding.Open)
            return new UploadBegun(standing, "", []);
        if (!isOver && _ends.ContainsKey((job, identity)))
            return new UploadBegun(JobStanding.Closed, "", []);
        foreach (var (name, other) in _uploads)
        {
            if (IsClosed(other.Job, other.Identity))
                Forget(name, other);
        }

        foreach (var (ended, _) in _ends)
        {
            if (IsClosed(ended.Job, ended.Identity))
                _ends.TryRemove(ended, out _);
        }

        var id = Guid.NewGuid().ToString("N");
        var made = Path.Combine(_folder.Make(_folder.CheckpointsPath), FolderSwap.Coming + id);
        var upload = new Upload(job, identity, manifest, place, made, isOver);
        Directory.CreateDirectory(upload.Folder);
        for (var i = 0; i < manifest.Files.Length; i++)
        {
            var here = Path.Combine(place, manifest.Files[i].Path);
            if (!CampaignFolder.IsLink(here) && FileHash.Matches(here, manifest.Files[i]))
                upload.Unchanged.Add(i);
        }

        _uploads[id] = upload;
        var needed = Enumerable.Range(0, manifest.Files.Length).Where(i => !upload.Unchanged.Contains(i));
        return new UploadBegun(JobStanding.Open, id, [.. needed]);
    }

    /// <summary>Takes in a piece.</summary>
    /// <returns>Whether the upload is known: it is not after the host was away, and has to begin anew.</returns>
    /// <exception cref="ClusterException">The piece lies outside the file that the manifest says.</exception>
    public async Task<bool> PutAsync(string id, int file, long offset, Piece piece, CancellationToken stop = default)
    {
        if (!_uploads.TryGetValue(id, out var upload))
            return false;
        var files = upload.Manifest.Files;
        if (file < 0 || file >= files.Length || offset < 0 || piece.Bytes.Length > Pieces.Size
            || offset > files[file].Length - piece.Bytes.Length)
            throw new ClusterException("A piece of a checkpoint lies outside its file.");
        try
        {
            await Pieces.WriteAsync(Path.Combine(upload.Folder, files[file].Path), offset, piece, stop);
            return true;
        }
        catch (DirectoryNotFoundException) when (!_uploads.ContainsKey(id))
        {
            return false; // its job was closed meanwhile
        }
    }

    /// <summary>Verifies all that has come and puts it in place.</summary>
    public UploadEnd Commit(string id)
    {
        if (!_uploads.TryRemove(id, out var upload))
            return UploadEnd.Unknown;
        try
        {
            return Commit(upload);
        }
        finally
        {
            Remove(upload.Folder);
        }
    }

    /// <summary>The checkpoint of a trial or of one of its repeats, as it lies here now.</summary>
    /// <exception cref="ClusterException">It cannot be sent: it holds a link, or too much.</exception>
    public Manifest Find(int trial, int repeat) => Manifest.Of(_folder.CheckpointFolder(trial, repeat), FileHash.Of, _mostBytes);

    /// <summary>A piece of it.</summary>
    /// <returns>The piece; <c>null</c> when the file is not there any more.</returns>
    /// <exception cref="ClusterException">The path leads elsewhere.</exception>
    public async Task<Piece?> ReadAsync(int trial, int repeat, string path, long offset, CancellationToken stop = default)
    {
        if (PathLaw.Fault(path) is { } fault)
            throw new ClusterException($"No file of a checkpoint is sent whose path \"{path}\" {fault}.");
        try
        {
            return await Pieces.ReadAsync(Path.Combine(_folder.CheckpointFolder(trial, repeat), path), offset, stop);
        }
        catch (Exception gone) when (gone is FileNotFoundException or DirectoryNotFoundException)
        {
            return null; // another rung's checkpoint took its place
        }
    }

    private UploadEnd Commit(Upload upload)
    {
        foreach (var i in upload.Unchanged)
        {
            var path = upload.Manifest.Files[i].Path;
            var here = Path.Combine(upload.Folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(here)!);
            if (File.Exists(Path.Combine(upload.Place, path)))
                File.Copy(Path.Combine(upload.Place, path), here, overwrite: true);
        }

        if (!Array.TrueForAll(upload.Manifest.Files, file => FileHash.Matches(Path.Combine(upload.Folder, file.Path), file)))
            return UploadEnd.Damaged;
        string? aside = null;
        var isLate = false;
        var standing = _whileOpen(upload.Job, upload.Identity, _ =>
        {
            isLate = !upload.IsOver && _ends.ContainsKey((upload.Job, upload.Identity));
            if (isLate)
                return;
            aside = FolderSwap.Put(upload.Folder, upload.Place);
            if (upload.IsOver)
                _ends[(upload.Job, upload.Identity)] = true;
        });
        if (aside is not null)
            Remove(aside);
        return standing switch
        {
            JobStanding.Open when !isLate => UploadEnd.Kept,
            JobStanding.NotYet => UploadEnd.JobNotYet,
            _ => UploadEnd.JobClosed,
        };
    }

    private bool IsClosed(int job, ulong identity) => _whileOpen(job, identity, static _ => { }) == JobStanding.Closed;

    private void Forget(string id, Upload upload)
    {
        if (_uploads.TryRemove(id, out _))
            Remove(upload.Folder);
    }

    private static void Remove(string folder)
    {
        try
        {
            Directory.Delete(folder, recursive: true);
        }
        catch (DirectoryNotFoundException)
        {
            // It went into place, or nothing had come.
        }
        catch (IOException)
        {
            // A piece that was under way is being written still; the next start of the host removes the rest.
        }
    }

    private sealed record Upload(int Job, ulong Identity, Manifest Manifest, string Place, string Folder, bool IsOver)
    {
        public HashSet<int> Unchanged { get; } = [];
    }
}
