namespace HyperSearch.Cluster.Files;

/// <summary>Keeps the folders of a parent below a bound: the least recently used ones go first.</summary>
/// <remarks>For a worker's checkpoints, which the host has too. Not thread-safe.</remarks>
/// <param name="mostBytes">The bound. Default 1 GiB.</param>
internal sealed class RecentFolders(long mostBytes = 1L << 30)
{
    private readonly LinkedList<(string Path, long Bytes)> _order = []; // the least recently used first
    private readonly Dictionary<string, LinkedListNode<(string Path, long Bytes)>> _nodes = new(StringComparer.Ordinal);
    private long _bytes;

    /// <summary>Notes that a folder was used, and removes others until what remains is within the bound.</summary>
    /// <param name="folder">The folder that was used; it stays.</param>
    /// <param name="inUse">Whether a folder must stay.</param>
    public void Used(string folder, Func<string, bool> inUse)
    {
        if (_nodes.Remove(folder, out var known))
        {
            _order.Remove(known);
            _bytes -= known.Value.Bytes;
        }

        var bytes = Directory.Exists(folder)
            ? new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).Sum(file => file.Length) : 0;
        _nodes[folder] = _order.AddLast((folder, bytes));
        _bytes += bytes;
        foreach (var (path, size) in _order.ToList())
        {
            if (_bytes <= mostBytes)
                return;
            if (path == folder || inUse(path))
                continue;
            if (Directory.Exists(path))
                Directory.Delete(path, recursive: true);
            _bytes -= size;
            _nodes.Remove(path, out var node);
            _order.Remove(node!);
        }
    }
}
