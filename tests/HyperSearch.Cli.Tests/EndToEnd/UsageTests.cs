using HyperSearch.Cli.Commands;
using HyperSearch.Cli.Output;

namespace HyperSearch.Cli.Tests.EndToEnd;

public sealed class UsageTests(Workplace place) : IClassFixture<Workplace>
{
    [Theory]
    [InlineData("rnak tiny", "\"rnak\" is not a verb. Did you mean \"rank\"?")]
    [InlineData("rank tiny --tpo 3", "\"--tpo\" is not an option of rank. Did you mean \"--top\"?")]
    [InlineData("rank", "rank needs CAMPAIGN")]
    [InlineData("run", "run needs SEARCH.yaml: a search file, such as searches/digits.yaml.")]
    [InlineData("rank a b", "\"b\" is one argument too many")]
    [InlineData("list a", "\"a\" is one argument too many. Usage: hypersearch list [options]")]
    [InlineData("compare tiny", "compare needs CAMPAIGN: two or more names under the results folder, or paths.")]
    [InlineData("rank tiny --top many", "--top takes a whole number from 1, not \"many\".")]
    [InlineData("rank tiny --top 0", "--top takes a whole number from 1, not \"0\".")]
    [InlineData("export tiny --format cvs", "Did you mean \"csv\"?")]
    [InlineData("run tiny.yaml --timeout 10", "--timeout takes a time with its unit, such as 90s, 10m, 1h30m or 2d, not \"10\".")]
    [InlineData("run tiny.yaml --workers 1000000", "--workers takes a whole number from 0 to 1024, not \"1000000\".")]
    [InlineData("run tiny.yaml --seed -1", "--seed takes a whole number from 0, not \"-1\".")]
    [InlineData("run tiny.yaml --name a/b", "cannot be the name of a campaign's folder")]
    [InlineData("rank nothing", "There is no campaign \"nothing\"")]
    [InlineData("plot nothing --kind histroy", "There is no campaign \"nothing\"")]
    [InlineData("run tiny.yml", "Did you mean \"tiny.yaml\"?")]
    public void Mistakes_GetOneSentenceAndExitCode2(string line, string sentence)
    {
        var run = place.Run(line.Split(' '));
        Assert.Contains(sentence, run.Error, StringComparison.Ordinal);
        Assert.Equal(2, run.Code);
        Assert.Equal("", run.Output);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(place.PathOf("results")));
    }

    [Fact]
    public void NoVerb_IsExitCode2() => Assert.Equal(2, place.Run().Code);

    [Fact]
    public void Help_HasAnExampleForEachVerb()
    {
        var verbs = CommandLine.Create(Terminal.Piped(TextWriter.Null, TextWriter.Null), TimeProvider.System)
            .Subcommands.OfType<Verb>().ToList();
        Assert.Contains(verbs, static verb => verb.Name == "rank");
        foreach (var verb in verbs)
        {
            Assert.NotEmpty(verb.Examples);
            Assert.All(verb.Examples, example => Assert.StartsWith(verb.Name, example, StringComparison.Ordinal));
            Assert.EndsWith(".", verb.Description!, StringComparison.Ordinal);
        }

        var help = place.Run("rank", "--help");
        Assert.Equal(0, help.Code);
        Assert.Contains("hypersearch rank digits", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Help_NamesArgumentsNotTheCampaignsThatExist()
    {
        using var busy = new Workplace();
        Directory.CreateDirectory(busy.PathOf("results/mine"));
        busy.Write("results/mine/journal", "");
        var help = busy.Run("rank", "--help");
        Assert.Contains("rank <CAMPAIGN>", help.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("mine", help.Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Verbose_ShowsTheStackTrace() =>
        Assert.Contains("   at ", place.Run("rank", "nothing", "--verbose").Error, StringComparison.Ordinal);

    [Fact]
    public void Check_ReportsFiveMistakesAtOnceWithTheirPlaces()
    {
        place.Write("five.yaml", """
            name: five
            objektive:
              train: {data: points.csv}
            minimize: dev_error
            space:
              learning_rate: {log: [0, 1]}
              momentum: {unifrom: [0, 1]}
              units: {int: [5, 2]}
              eps: {log: [1e-8, 1e-4], when: {optimiser: adam}}
            """);
        var check = place.Run("check", "five.yaml");
        Assert.Equal(2, check.Code);
        Assert.True(check.Error.Split('\n').Count(line => line.StartsWith("five.yaml:", StringComparison.Ordinal)) >= 5, check.Error);
        Assert.Contains("five.yaml:6:", check.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Check_ShowsTheSpaceSamplePointsAndTheCost()
    {
        var check = place.Run("check", "tiny.yaml");
        Assert.True(check.Code == 0, check.Error);
        Assert.Contains("log [0.001, 1]", check.Output, StringComparison.Ordinal);
        Assert.Contains("18 epochs at most", check.Output, StringComparison.Ordinal);
        Assert.Equal(6, place.Read("check", "tiny.yaml").GetProperty("samples").GetArrayLength());
    }
}
