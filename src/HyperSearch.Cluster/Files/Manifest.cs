using System.Globalization;

namespace HyperSearch.Cluster.Files;

/// <summary>The files of a folder, in the ordinal order of their paths: what is there, without the content.</summary>
/// <param name="Files">The files.</param>
[GenerateSerializer, Immutable, Alias("hypersearch.Manifest")]
internal sealed record Manifest([property: Id(0)] FileEntry[] Files)
{
    /// <summary>The most files of a folder.</summary>
    public const int MostFiles = 64 << 10;

    /// <summary>The most bytes of a checkpoint: 4 GiB.</summary>
    public const long MostBytes = 4L << 30;

    /// <summary>No file.</summary>
    public static Manifest Empty { get; } = new([]);

    /// <summary>The bytes of all files.</summary>
    public long Bytes => Files.Sum(file => file.Length);

    /// <summary>Lists a folder.</summary>
    /// <param name="folder">The folder; one that is not there has no files.</param>
    /// <param name="hashOf">The hash of a file, by its full path.</param>
    /// <param name="mostBytes">The most bytes that it may hold.</param>
    /// <exception cref="ClusterException">
    /// It holds a link, a pipe or a device, a path that <see cref="PathLaw"/> refuses, or too much.
    /// </exception>
    public static Manifest Of(string folder, Func<string, string> hashOf, long mostBytes = MostBytes)
    {
        if (!Directory.Exists(folder))
            return Empty;
        var paths = new List<string>();
        List(folder, folder, paths);
        var manifest = new Manifest([.. paths.Order(StringComparer.Ordinal).Select(path => Entry(folder, path, hashOf))]);
        manifest.Check(folder, mostBytes);
        return manifest;
    }

    /// <summary>The entry of one file of a folder.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="path">The file's path inside it.</param>
    /// <param name="hashOf">The hash of a file, by its full path.</param>
    public static FileEntry Entry(string folder, string path, Func<string, string> hashOf)
    {
        var full = Path.Combine(folder, path);
        var length = new FileInfo(full).Length;
        if (length == 0)
            RefuseUnlessRegular(full);
        var isProgram = !OperatingSystem.IsWindows() && File.GetUnixFileMode(full).HasFlag(UnixFileMode.UserExecute);
        return new FileEntry(path, length, hashOf(full), isProgram);
    }

    /// <summary>Refuses what may not be sent or received.</summary>
    /// <param name="what">The folder, for messages.</param>
    /// <param name="mostBytes">The most bytes that it may hold.</param>
    /// <exception cref="ClusterException">A path, a hash or a length is unsound, a path comes twice, or it is too much.</exception>
    public void Check(string what, long mostBytes = MostBytes)
    {
        if (Files.Length > MostFiles)
            throw TooMuch(what, string.Create(CultureInfo.InvariantCulture, $"{Files.Length:N0} files, and {MostFiles:N0} is the most"));
        var (bytes, last) = (0L, (string?)null);
        foreach (var file in Files)
        {
            if (PathLaw.Fault(file.Path) is { } fault)
                throw new ClusterException($"{what} cannot be sent: the path \"{file.Path}\" {fault}.");
            if (last is not null && string.CompareOrdinal(last, file.Path) >= 0)
                throw new ClusterException($"{what} cannot be sent: its list of files is not in order at \"{file.Path}\".");
            if (file.Length < 0 || !FileHash.IsOne(file.Hash))
                throw new ClusterException($"{what} cannot be sent: the length or the hash of \"{file.Path}\" is none.");
            (bytes, last) = (bytes + file.Length, file.Path);
            if (bytes > mostBytes)
                throw TooMuch(what, $"more than {Size(mostBytes)}");
        }
    }

    /// <summary>A number of bytes as people read it: <c>4 GiB</c>.</summary>
    public static string Size(long bytes) => bytes >= 1L << 30
        ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1L << 30):0.##} GiB")
        : bytes >= 1 << 20 ? string.Create(CultureInfo.InvariantCulture, $"{bytes / (double)(1 << 20):0.#} MiB")
        : string.Create(CultureInfo.InvariantCulture, $"{bytes:N0} bytes");

    private static ClusterException TooMuch(string what, string amount) => new(
        $"{what} holds {amount}. Give campaign and workers a folder that all of them see, by --shared DIR, so that nothing is sent.");

    private static void List(string root, string folder, List<string> paths)
    {
        foreach (var entry in new DirectoryInfo(folder).EnumerateFileSystemInfos())
        {
            if (entry.LinkTarget is not null)
                throw new ClusterException($"{root} cannot be sent: \"{Inside(entry)}\" is a link, and no file behind a link is sent.");
            if (entry is DirectoryInfo)
                List(root, entry.FullName, paths);
            else
                paths.Add(Inside(entry));
            if (paths.Count > MostFiles)
                throw TooMuch(root, string.Create(CultureInfo.InvariantCulture, $"more than {MostFiles:N0} files"));
        }

        string Inside(FileSystemInfo entry) => Path.GetRelativePath(root, entry.FullName).Replace(Path.DirectorySeparatorChar, '/');
    }

    /// <summary>
    /// A pipe, a socket and a device have no length, as an empty file has none; to open a pipe for reading alone would wait for its writer.
    /// </summary>
    private static void RefuseUnlessRegular(string path)
    {
        try
        {
            using var file = File.OpenHandle(path, FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
            _ = RandomAccess.GetLength(file);
        }
        catch (UnauthorizedAccessException)
        {
            // It may not be written, which pipes and sockets of a trial's own may be: it is an empty file.
        }
        catch (Exception failure) when (failure is NotSupportedException or IOException)
        {
            throw new ClusterException($"\"{path}\" cannot be sent: it is a pipe, a socket or a device, not a file.", failure);
        }
    }
}
