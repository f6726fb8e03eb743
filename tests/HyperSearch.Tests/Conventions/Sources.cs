namespace HyperSearch.Tests.Conventions;

/// <summary>The sources that this test run was built from.</summary>
internal static class Sources
{
    public static IEnumerable<string> Under(string folder) =>
        Directory.EnumerateFiles(Repository.Folder(folder), "*.cs", SearchOption.AllDirectories);
}
