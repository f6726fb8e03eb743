using System.Text.RegularExpressions;
using HyperSearch.SampleHost;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Conventions;

/// <summary>What the documents show is what compiles and runs.</summary>
public sealed partial class DocumentationTests
{
    [Fact]
    public void Readme_ShowsCSharpThatTheSampleHostCompiles()
    {
        var compiled = Directory.EnumerateFiles(Path.Combine(Repository.Folder("tests"), "HyperSearch.SampleHost"), "*.cs").Select(file => Lines(File.ReadAllText(file))).ToList();
        var shown = CSharp().Matches(File.ReadAllText(Repository.Folder("README.md"))).Select(block => Lines(block.Groups["code"].Value)).ToList();
        Assert.NotEmpty(shown);
        Assert.All(shown, block => Assert.Contains(compiled, file => file.Contains(block, StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Readme_ShowsCSharpThatFindsTheMinimum()
    {
        using var scratch = new Scratch();
        var result = await FromTheReadme.RunAsync(Path.Combine(scratch.Results, "mine"));
        Assert.Equal(60, result.Trials.Length);
        Assert.InRange(result.BestPoint["learning_rate"].Number, 0.003, 0.03);
    }

    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
