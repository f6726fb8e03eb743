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
        var compiled = Directory.EnumerateFiles(Path.Combine(Repository.Folder("tests"), "HyperSearch.SampleHost"), "*.cs")
            .Select(file => Lines(File.ReadAllText(file))).ToList();
        var shown = CSharp().Matches(File.ReadAllText(Repository.Folder("README.md")))
            .Select(block => Lines(block.Groups["code"].Value)).ToList();
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

    /// <summary>The example of a public interface is a file of the sample host, its own documentation aside.</summary>
    [Theory]
    [InlineData("Samplers/ISampler.cs", "ScoutSampler.cs")]
    public void Interface_ShowsTheExampleThatTheSampleHostCompiles(string documented, string compiled)
    {
        var shown = Example()
            .Match(File.ReadAllText(Path.Combine(Repository.Folder("src"), "HyperSearch", documented))).Groups["code"].Value;
        var code = File.ReadAllLines(Path.Combine(Repository.Folder("tests"), "HyperSearch.SampleHost", compiled))
            .Where(line => !line.Contains("///", StringComparison.Ordinal));
        Assert.NotEmpty(shown);
        Assert.Contains(Lines(shown.Replace("///", "", StringComparison.Ordinal)).Trim(), Lines(string.Join('\n', code)),
            StringComparison.Ordinal);
    }

    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"<code><!\[CDATA\[\n(?<code>.*?)/// \]\]></code>", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
