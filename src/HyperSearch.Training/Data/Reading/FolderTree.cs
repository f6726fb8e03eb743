namespace HyperSearch.Training.Data.Reading;

/// <summary>The files of a folder and of all folders within, links to other folders among them.</summary>
internal static class FolderTree
{
    private static readonly EnumerationOptions Shown = new() { AttributesToSkip = FileAttributes.Hidden };

    /// <summary>The paths of all files that are not hidden.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="refuse">Told of each link to a folder that it lies in, whose files would be met again and again; it is not
    /// followed.</param>
    public static IEnumerable<string> Files(string folder, Action<string> refuse)
    {
        var full = Path.GetFullPath(folder);
        return Within(full, [Target(new DirectoryInfo(full)) ?? full], refuse);
    }

    /// <param name="folder">The folder, by the names that lead there.</param>
    /// <param name="places">Where it and each folder above it really lie, itself last.</param>
    /// <param name="refuse">Told of a link that leads back.</param>
    private static IEnumerable<string> Within(string folder, IReadOnlyList<string> places, Action<string> refuse)
    {
        foreach (var file in Directory.EnumerateFiles(folder, "*", Shown))
            yield return file;
        var folders = new DirectoryInfo(folder).EnumerateDirectories("*", Shown);
        foreach (var within in folders.OrderBy(static within => within.Name, StringComparer.Ordinal))
        {
            var target = Target(within);
            if (target is not null && places.Any(place => IsIn(place, target)))
            {
                refuse(within.FullName);
                continue;
            }

            foreach (var file in Within(within.FullName, [.. places, target ?? Path.Combine(places[^1], within.Name)], refuse))
                yield return file;
        }
    }

    private static bool IsIn(string place, string folder) => place == folder
        || place.StartsWith(Path.TrimEndingDirectorySeparator(folder) + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>Where a link leads; <c>null</c> for a folder that is none.</summary>
    private static string? Target(DirectoryInfo folder) => folder.ResolveLinkTarget(returnFinalTarget: true)?.FullName;
}
