namespace HyperSearch.Cluster.Files;

/// <summary>The files that a command needs on other machines: <c>objective: {command: […], files: [train.py, lib/**]}</c>.</summary>
/// <param name="Folder">The folder that the patterns start from: the search file's.</param>
/// <param name="Manifest">The files, by SHA-256.</param>
internal sealed record CommandBundle(string Folder, Manifest Manifest)
{
    /// <summary>The most bytes of a bundle: 100 MiB. Data are inputs of the command's own, not programs.</summary>
    public const long MostBytes = 100L << 20;

    /// <summary>Lists the files that patterns mean.</summary>
    /// <param name="folder">The search file's folder.</param>
    /// <param name="patterns">Paths inside it; * and ? stand for a part of a name, ** for any folders.</param>
    /// <exception cref="ClusterException">A pattern means no file, a file cannot be sent, or the files are too large together.</exception>
    public static CommandBundle Of(string folder, IEnumerable<string> patterns)
    {
        var paths = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var pattern in patterns)
        {
            var before = paths.Count;
            var found = FilePattern.Find(folder, pattern);
            paths.UnionWith(found);
            if (found.Count == 0)
                throw new ClusterException($"objective.files: no file under \"{folder}\" is meant by \"{pattern}\".");
        }

        var files = paths.Select(path => (Path: path, new FileInfo(Path.Combine(folder, path)).Length)).ToList();
        if (files.Sum(file => file.Length) > MostBytes)
        {
            var biggest = files.OrderByDescending(file => file.Length).Take(5)
                .Select(file => $"{file.Path} ({Manifest.Size(file.Length)})");
            throw new ClusterException(
                $"objective.files names {Manifest.Size(files.Sum(file => file.Length))}, and {Manifest.Size(MostBytes)} is the most that "
                + $"workers are sent; the biggest are {string.Join(", ", biggest)}. Leave data out, and let the command read them "
                + "where every worker has them.");
        }

        var manifest = new Manifest([.. paths.Select(path => Manifest.Entry(folder, path, FileHash.OfProgram))]);
        manifest.Check($"\"{folder}\"", MostBytes);
        return new CommandBundle(folder, manifest);
    }
}
