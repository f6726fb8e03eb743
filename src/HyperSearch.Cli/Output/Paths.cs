namespace HyperSearch.Cli.Output;

/// <summary>Paths as people read them.</summary>
internal static class Paths
{
    /// <summary>Relative to the current folder for a path under it, absolute for any other.</summary>
    public static string Shown(string path)
    {
        var relative = Path.GetRelativePath(".", path);
        return relative == ".." || relative.StartsWith(".." + Path.DirectorySeparatorChar, StringComparison.Ordinal)
            ? Path.GetFullPath(path)
            : relative;
    }

    /// <summary>A path or a name as a word of a command line.</summary>
    public static string Quoted(string word) => word.Any(char.IsWhiteSpace) ? $"\"{word}\"" : word;
}
