namespace HyperSearch.Cluster.Files;

/// <summary>Keeps a worker's cache below a bound: what was not used for longest goes first, and never what a living worker uses.</summary>
/// <remarks>
/// Whoever uses a file or folder of the cache holds a shared lock on <c>locks/NAME</c>, which the system releases with the process; whoever
/// removes it holds the lock alone. Not thread-safe.
/// </remarks>
/// <param name="folder">The worker's folder: <c>--work DIR</c>.</param>
/// <param name="mostBytes">The bound.</param>
/// <param name="time">The clock.</param>
internal sealed class CacheBound(string folder, long mostBytes, TimeProvider time) : IDisposable
{
    private const int MostTries = 1000;
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20); // while another worker removes it

    private readonly Dictionary<string, FileStream> _used = new(StringComparer.Ordinal);
    private readonly DirectoryInfo _locks = new(Path.Combine(folder, "locks"));

    /// <summary>Keeps a file or folder of the cache until this is disposed, whether it is there yet or not.</summary>
    public async Task UseAsync(string place, CancellationToken stop)
    {
        _locks.Create();
        var name = Path.GetFileName(place);
        for (var tries = 1; !_used.ContainsKey(name); tries++)
        {
            try
            {
                _used[name] = new FileStream(LockOf(name), FileMode.OpenOrCreate, FileAccess.Read, FileShare.Read);
            }
            catch (IOException) when (tries < MostTries && File.Exists(LockOf(name)))
            {
                await Task.Delay(Pause, time, stop);
            }
        }
    }

    /// <summary>Notes that a file or folder was used now.</summary>
    public void Touch(string place)
    {
        FileSystemInfo entry = Directory.Exists(place) ? new DirectoryInfo(place) : new FileInfo(place);
        entry.LastWriteTimeUtc = time.GetUtcNow().UtcDateTime;
    }

    /// <summary>Removes what is beyond the bound.</summary>
    /// <param name="parents">The folders whose entries are counted.</param>
    public void Trim(params IEnumerable<string> parents)
    {
        var entries = parents.Where(Directory.Exists)
            .SelectMany(parent => new DirectoryInfo(parent).EnumerateFileSystemInfos())
            .Where(entry => !entry.Name.StartsWith('.')) // what is being fetched
            .Select(entry => (Entry: entry, Bytes: BytesOf(entry)))
            .OrderBy(pair => pair.Entry.LastWriteTimeUtc).ToList();
        var bytes = entries.Sum(pair => pair.Bytes);
        foreach (var (entry, size) in entries)
        {
            if (bytes <= mostBytes)
                return;
            if (Removes(entry))
                bytes -= size;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        foreach (var held in _used.Values)
            held.Dispose();
        _used.Clear();
    }

    private bool Removes(FileSystemInfo entry)
    {
        try
        {
            _locks.Create();
            using var alone = new FileStream(LockOf(entry.Name), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            if (entry is DirectoryInfo directory)
                directory.Delete(recursive: true);
            else
                entry.Delete();
            return true;
        }
        catch (Exception held) when (held is IOException or UnauthorizedAccessException)
        {
            return false; // a living worker uses it, or another user has put it there
        }
    }

    private string LockOf(string name) => Path.Combine(_locks.FullName, name);

    private static long BytesOf(FileSystemInfo entry) => entry switch
    {
        FileInfo file => file.Length,
        DirectoryInfo directory => directory.EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length),
        _ => 0,
    };
}
