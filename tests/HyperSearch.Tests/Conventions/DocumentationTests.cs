using System.Text;
using System.Text.RegularExpressions;
using System.Xml.Linq;
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

    /// <summary>Commands are started by means of Linux's kernel; nobody shall find that out by trying.</summary>
    [Fact]
    public void Pages_ThatSpeakOfCommandsSayLinux()
    {
        string[] folders = [".", ".github/reference", "searches", "src/HyperSearch.Cli/Templates"];
        var pages = folders
            .Concat(Directory.EnumerateDirectories(Repository.Folder("src")).Select(project => "src/" + Path.GetFileName(project)))
            .SelectMany(folder => Directory.EnumerateFiles(Repository.Folder(folder)))
            .Where(file => Path.GetExtension(file) is ".md" or ".yaml")
            .Where(file => File.ReadAllText(file).Contains("command:", StringComparison.Ordinal)).ToList();
        Assert.InRange(pages.Count, 9, 99);
        Assert.All(pages, page => Assert.Contains("Linux", File.ReadAllText(page), StringComparison.Ordinal));
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

    /// <summary>Tests and files that CONTRIBUTING names exist; <c>XTests.Method…</c> stands for methods that begin so.</summary>
    [Fact]
    public void Contributing_NamesTestsThatExist()
    {
        var tests = Sources.Under("tests").ToLookup(file => Path.GetFileNameWithoutExtension(file), File.ReadAllText);
        var named = TestName().Matches(Contributing).ToList();
        Assert.True(named.Count > 40, $"CONTRIBUTING names {named.Count} tests.");
        Assert.All(named, name => Assert.True(
            tests[name.Groups["class"].Value].Any(text => Declares(text, name.Groups["method"].Value, name.Groups["open"].Success)),
            $"{name.Value} is not in the sources of the tests."));
    }

    [Fact]
    public void KeptCampaigns_NameNoFolderOfTheMachineThatMadeThem()
    {
        var kept = Directory.GetFiles(Repository.Folder("results"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetFileName(file) is "journal" or "search.yaml" or "model.bin")
            .Append(Path.Combine(Repository.Folder("tests"), "HyperSearch.Tests", "Journals", "Samples", "journal-1")).ToList();
        Assert.Contains(kept, file => file.EndsWith("gallery/journal", StringComparison.Ordinal));
        Assert.All(kept, file => Assert.DoesNotMatch("/(home|root|tmp|work|Users)/", File.ReadAllText(file, Encoding.Latin1)));
    }

    [Fact]
    public void Contributing_NamesFilesThatExist()
    {
        var files = FileName().Matches(Contributing).Select(file => file.Groups[1].Value)
            .Where(file => !file.Contains("/X", StringComparison.Ordinal)).ToList();
        Assert.True(files.Count > 10, $"only {files.Count} files were found");
        Assert.All(files, file => Assert.True(Path.Exists(Repository.Folder(file)), $"{file} does not exist."));
    }

    [Fact]
    public void Contributing_MapsEveryFolder()
    {
        var map = Map().Match(Contributing).Value;
        var folders = Sources.Under("src")
            .SelectMany(file => Path.GetRelativePath(Repository.Folder("src"), file).Split(Path.DirectorySeparatorChar)[..^1]).Distinct();
        Assert.All(folders, folder => Assert.True(Regex.IsMatch(map, $@"\b{Regex.Escape(folder)}\b"), $"The map has no {folder}."));
    }

    [Fact]
    public void Contributing_GivesAReasonForEachPackage()
    {
        var packages = XDocument.Load(Repository.Folder("Directory.Packages.props")).Descendants("PackageVersion")
            .Select(package => (string)package.Attribute("Include")!);
        var rows = PackageRow().Matches(Packages().Match(Contributing).Value).SelectMany(row => row.Groups[1].Value.Split(", "));
        Assert.Equal(packages.Order(StringComparer.Ordinal), rows.Order(StringComparer.Ordinal));
    }

    private static string Contributing => File.ReadAllText(Path.Combine(Repository.Folder(".github"), "CONTRIBUTING.md"));

    private static bool Declares(string text, string method, bool open) =>
        Regex.IsMatch(text, $@" {Regex.Escape(method)}{(open || method.Length == 0 ? "" : @"\(")}");

    private static string Lines(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    [GeneratedRegex(@"<code><!\[CDATA\[\n(?<code>.*?)/// \]\]></code>", RegexOptions.Singleline)]
    private static partial Regex Example();

    [GeneratedRegex(@"`(?<class>\w+Tests)(?:\.(?<method>\w+)(?<open>…)?)?`")]
    private static partial Regex TestName();

    [GeneratedRegex(@"`((?:src|tests|searches|results|\.ci)/[^`\s]+?)`")]
    private static partial Regex FileName();

    [GeneratedRegex(@"## Where things are.*?```\n(.*?)```", RegexOptions.Singleline)]
    private static partial Regex Map();

    [GeneratedRegex(@"## Why each package is here.*?(?=\n## )", RegexOptions.Singleline)]
    private static partial Regex Packages();

    [GeneratedRegex(@"^\| ((?!package |---)[^|(]+?) \|", RegexOptions.Multiline)]
    private static partial Regex PackageRow();

    [GeneratedRegex(@"^```csharp\n(?<code>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex CSharp();
}
