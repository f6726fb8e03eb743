namespace HyperSearch.Cluster.Files;

/// <summary>Puts a folder that was made beside it in the place of another, so that nobody sees half of either.</summary>
internal static class FolderSwap
{
    /// <summary>What the names of folders begin with that are being made.</summary>
    public const string Coming = ".up-";

    private const string Going = ".old-";

    /// <summary>Puts it in place.</summary>
    /// <param name="made">The finished folder, on the same disk.</param>
    /// <param name="place">Its place, taken or not.</param>
    /// <returns>Where the earlier folder lies now, for the caller to remove; <c>null</c> when there was none.</returns>
    public static string? Put(string made, string place)
    {
        if (!Directory.Exists(place))
        {
            Directory.Move(made, place);
            return null;
        }

        var aside = Path.Combine(Path.GetDirectoryName(place)!, $"{Going}{Guid.NewGuid():N}-{Path.GetFileName(place)}");
        Directory.Move(place, aside);
        Directory.Move(made, place);
        return aside;
    }

    /// <summary>Removes what a killed process left half made, and brings back what it had only put aside.</summary>
    /// <param name="parent">The folder of the folders; it need not be there.</param>
    public static void Recover(string parent)
    {
        if (!Directory.Exists(parent))
            return;
        foreach (var path in Directory.GetDirectories(parent))
        {
            var name = Path.GetFileName(path);
            if (name.StartsWith(Coming, StringComparison.Ordinal))
                Directory.Delete(path, recursive: true);
            else if (name.StartsWith(Going, StringComparison.Ordinal) && name.Length > Going.Length + 33)
                BringBack(path, Path.Combine(parent, name[(Going.Length + 33)..]));
        }
    }

    private static void BringBack(string aside, string place)
    {
        if (Directory.Exists(place))
            Directory.Delete(aside, recursive: true);
        else
            Directory.Move(aside, place);
    }
}
