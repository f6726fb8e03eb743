using System.Text.RegularExpressions;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>The search files and scripts that the documents show do run.</summary>
public sealed class DocumentedScriptTests
{
    private const string Scripts = "searches/README.md";

    [Theory]
    [InlineData("README.md", "A script of your own", "A script of your own", "json")]
    [InlineData(Scripts, "A training script of your own", "scikit-learn", "sklearn")]
    [InlineData(Scripts, "A training script of your own", "PyTorch", "torch")]
    [InlineData(Scripts, "A training script of your own", "Keras", "keras")]
    public void Script_IsTunedByTheSearchBesideIt(string document, string search, string script, string module)
    {
        Assert.SkipUnless(Programs.Succeed("python3", "-c", $"import {module}"), $"python3 has no module {module}");
        var text = File.ReadAllText(Repository.Folder(document));
        using var place = new Workplace();
        place.Write("mine.yaml", Block(text, search, "yaml"));
        place.Write("train.py", Block(text, script, "python"));
        var run = place.Run("run", "mine.yaml", "--trials", "4");
        Assert.True(run.Code == 0, run.Error);
        Assert.All(place.Read("rank", "mine").EnumerateArray(), trial =>
        {
            Assert.Equal("completed", trial.GetProperty("state").GetString());
            Assert.Equal(20, trial.GetProperty("epochs").GetInt32());
        });
    }

    /// <summary>The first block of a language below a heading.</summary>
    private static string Block(string document, string heading, string language) => Regex.Match(
        document, $"^#+ {Regex.Escape(heading)}\n.*?^```{language}\n(?<code>.*?)^```",
        RegexOptions.Multiline | RegexOptions.Singleline).Groups["code"].Value;
}
