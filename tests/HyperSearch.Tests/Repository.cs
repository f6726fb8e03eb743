namespace HyperSearch.Tests;

/// <summary>Where the repository is, seen from a test that runs somewhere below it.</summary>
internal static class Repository
{
    /// <summary>A folder at its top level.</summary>
    public static string Folder(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HyperSearch.sln")))
                return Path.Combine(folder.FullName, name);
        }

        throw new InvalidOperationException("The tests run outside the repository.");
    }
}
