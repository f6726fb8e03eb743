using System.Text.RegularExpressions;

namespace HyperSearch.Tests.Conventions;

/// <summary>Dependencies point one way: Cli → Plots → HyperSearch → Training, and the pure folders know nothing that has a clock, a disk or
/// a host.</summary>
public sealed partial class ArrowTests
{
    private static readonly string[] Impure = ["Hosting", "Stores", "Searches"];
    private static readonly string[] Outside = ["System", "HyperSearch"];

    [Theory]
    [InlineData("HyperSearch.Numerics")]
    [InlineData("HyperSearch", "HyperSearch.Numerics")]
    [InlineData("HyperSearch.Training", "HyperSearch.Numerics")]
    [InlineData("HyperSearch.Hosting", "HyperSearch", "HyperSearch.Training")]
    [InlineData("HyperSearch.Plots", "HyperSearch.Hosting")]
    [InlineData("HyperSearch.Cli", "HyperSearch.Plots")]
    public void Project_ReferencesOnlyWhatIsBelowIt(string project, params string[] allowed)
    {
        var text = File.ReadAllText(Path.Combine(Repository.Folder("src"), project, $"{project}.csproj"));
        Assert.Equal(allowed.Order(), References().Matches(text).Select(match => match.Groups[1].Value).Order());
    }

    [Theory]
    [InlineData("Spaces")]
    [InlineData("Samplers")]
    [InlineData("Schedules")]
    [InlineData("Planning")]
    [InlineData("Analysis")]
    public void PureFolder_UsesNothingImpure(string folder)
    {
        var wrong =
            from file in Sources.Under(Path.Combine("src", "HyperSearch", folder))
            from Match match in Usings().Matches(File.ReadAllText(file))
            let name = match.Groups[1].Value
            where !Array.Exists(Outside, root => name == root || name.StartsWith(root + ".", StringComparison.Ordinal))
                || Array.Exists(Impure, part => name.StartsWith($"HyperSearch.{part}", StringComparison.Ordinal))
                || name is "System.IO" or "System.Threading.Channels"
            select $"{Path.GetFileName(file)}: using {name}";
        Assert.Empty(wrong);
    }

    [GeneratedRegex(@"<ProjectReference Include=""[^""]*[\\/]([\w.]+)\.csproj""")]
    private static partial Regex References();

    [GeneratedRegex(@"^using (?:static )?([\w.]+);", RegexOptions.Multiline)]
    private static partial Regex Usings();
}
