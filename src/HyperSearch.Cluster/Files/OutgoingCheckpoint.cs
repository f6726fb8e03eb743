namespace HyperSearch.Cluster.Files;

/// <summary>A checkpoint on its way to the host: a folder, and with it the log of the job that has made it.</summary>
/// <param name="folder">The folder here. One that is empty or not there is not sent.</param>
internal sealed class OutgoingCheckpoint(string folder)
{
    /// <summary>The folder here.</summary>
    public string Folder => folder;

    /// <summary>The log of the job, which need not be there; <c>null</c> where none is sent.</summary>
    public string? Log { get; init; }

    /// <summary>What the log is called among the checkpoint's files.</summary>
    public string SentLog { get; init; } = "";

    /// <summary>Whether the job has its outcome, so that no checkpoint from the midst of it may take the place of this one.</summary>
    public bool IsOver { get; init; } = true;

    /// <summary>Whether the job is running, so that files may change while they are sent; then one try is enough.</summary>
    public bool IsChanging { get; init; }

    /// <summary>Lists the files. The log is listed last and as it is now: it may say more than the checkpoint knows, never less.</summary>
    /// <exception cref="ClusterException">The folder cannot be sent.</exception>
    /// <param name="mostBytes">The most bytes that it may hold.</param>
    public Manifest List(long mostBytes)
    {
        var manifest = Manifest.Of(folder, FileHash.Of, mostBytes);
        if (Log is null || manifest.Files.Length == 0)
            return manifest;
        var copy = PathOf(SentLog);
        if (File.Exists(Log))
            File.Copy(Log, copy, overwrite: true);
        else
            File.WriteAllBytes(copy, []); // that nothing was logged yet is worth knowing too
        var log = new FileEntry(SentLog, new FileInfo(copy).Length, FileHash.Of(copy));
        var files = manifest.Files.Where(file => file.Path != SentLog).Append(log);
        return new Manifest([.. files.OrderBy(file => file.Path, StringComparer.Ordinal)]);
    }

    /// <summary>Where a file of the list lies here.</summary>
    public string PathOf(string path) => path == SentLog && Log is not null ? $"{folder}{SentLog}" : Path.Combine(folder, path);

    /// <summary>Removes what was made for sending.</summary>
    public void Forget()
    {
        if (Log is not null)
            File.Delete(PathOf(SentLog));
    }
}
