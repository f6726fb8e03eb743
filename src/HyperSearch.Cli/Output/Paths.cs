namespace HyperSearch.Cli.Output;

/// <summary>Paths as people read them.</summary>
internal static class Paths
{
    /// <summary>Relative to the current folder for what lies under it, absolute for everything else.</summary>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(".", path);
        return relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Path.GetFullPath(path)
            : relative;
    }
}
