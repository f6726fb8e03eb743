namespace HyperSearch.Tests.Conventions;

/// <summary>The sources that this test run was built from.</summary>
internal static class Repository
{
    public static string Root { get; } = FindRoot();

    public static IEnumerable<string> SourcesUnder(string folder) => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories);

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "HyperSearch.sln")))
                return folder.FullName;
        }

        throw new InvalidOperationException("The tests run from below the folder of HyperSearch.sln.");
    }
}
