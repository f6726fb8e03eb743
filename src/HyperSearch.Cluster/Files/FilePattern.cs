using System.IO.Enumeration;

namespace HyperSearch.Cluster.Files;

/// <summary>Which files a pattern such as <c>lib/**/*.py</c> means.</summary>
/// <remarks><c>*</c> and <c>?</c> stand for a part of a name, <c>**</c> for any number of folders; neither means what begins with a dot. A
/// pattern that ends in <c>**</c> means every file below.</remarks>
internal static class FilePattern
{
    /// <summary>The files under a folder that a pattern means, by their paths inside it with <c>/</c> between the names.</summary>
    /// <exception cref="ClusterException">A link lies on the way.</exception>
    public static IReadOnlyCollection<string> Find(string folder, string pattern)
    {
        var found = new SortedSet<string>(StringComparer.Ordinal);
        Find(folder, "", pattern.Split('/'), found);
        return found;
    }

    private static void Find(string folder, string inside, ReadOnlySpan<string> names, SortedSet<string> found)
    {
        var name = names[0];
        var isLast = names.Length == 1;
        foreach (var entry in new DirectoryInfo(Path.Combine(folder, inside)).EnumerateFileSystemInfos())
        {
            var path = inside.Length == 0 ? entry.Name : $"{inside}/{entry.Name}";
            var isFolder = entry is DirectoryInfo;
            if (name == "**" ? entry.Name.StartsWith('.') : !Means(name, entry.Name))
                continue;
            if (entry.LinkTarget is not null)
                throw new ClusterException($"objective.files: \"{path}\" is a link, and no file behind a link is sent.");
            if (isFolder && name == "**")
                Find(folder, path, names, found);
            else if (isFolder && !isLast)
                Find(folder, path, names[1..], found);
            else if (!isFolder && isLast)
                found.Add(path);
        }

        if (name == "**" && !isLast)
            Find(folder, inside, names[1..], found);
    }

    private static bool Means(string pattern, string name) =>
        (!name.StartsWith('.') || pattern.StartsWith('.')) && FileSystemName.MatchesSimpleExpression(pattern, name, ignoreCase: false);
}
