using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Objectives;

public class CommandTemplateTests
{
    private static readonly Space Space = CommandFixture.SpaceOf("lr", "eps", "word", "seed");

    private static string[] Fill(string[] arguments, params (string Name, ParameterValue Value)[] point) =>
        [.. CommandTemplate.Of(new CommandDefinition(["p", .. arguments], "/"), Space).Fill(
            new Job(3, 2, new Point(point.Select(pair => KeyValuePair.Create(pair.Name, pair.Value))), new Origin(OriginKind.Global), 0, 9,
                null, 5), "/c d")[1..]];

    private static string Problem(params string[] arguments) =>
        Assert.Single(CommandTemplate.Problems(new CommandDefinition(["p", .. arguments], "/"), Space));

    [Fact]
    public void Fill_PutsValuesIn() => Assert.Equal(
        ["--lr=1e-7", "2", "9", "/c d", "{lr}", "{1e-7}"],
        Fill(["--lr={lr}", "{trial}", "{epochs}", "{checkpoint_dir}", "{{lr}}", "{{{lr}}}"], ("lr", 1e-7)));

    [Theory]
    [InlineData("a b")]
    [InlineData("")]
    [InlineData("$(reboot) `x` ; & | > '\" \\")]
    [InlineData("two\nlines")]
    [InlineData("{lr}")]
    [InlineData("--help")]
    public void Fill_GivesOneArgumentForAnyValue(string value) =>
        Assert.Equal(["-w", value, $"w={value}"], Fill(["-w", "{word}", "w={word}"], ("word", value)));

    [Fact]
    public void Fill_PrefersAParameterToTheJobsOwnName() => Assert.Equal(["0.5"], Fill(["{seed}"], ("seed", 0.5)));

    [Fact]
    public void Fill_LeavesOutInactiveParametersWithTheirFlag() =>
        Assert.Equal(["--lr", "0.1", "run", "-x=1"],
            Fill(["--lr", "{lr}", "--eps", "{eps}", "--eps={eps}", "run", "{eps}", "-x=1", "{eps}"], ("lr", 0.1)));

    [Fact]
    public void Problems_NamesTheUnknown() =>
        Assert.Contains("names \"rl\", which is no parameter of the space. Did you mean \"lr\"? Known: checkpoint_dir, epochs, eps, lr",
            Problem("--lr={rl}"), StringComparison.Ordinal);

    [Theory]
    [InlineData("{lr")]
    [InlineData("a}")]
    public void Problems_NamesALoneBrace(string argument) => Assert.Contains("has a lone", Problem(argument), StringComparison.Ordinal);

    [Fact]
    public void Problems_RefusesNamesInAWorkersArguments() => Assert.Contains(
        "gets its values in requests",
        Assert.Single(CommandTemplate.Problems(new CommandDefinition(["p", "{lr}"], "/") { KeepAlive = true }, Space)),
        StringComparison.Ordinal);

    [Theory]
    [InlineData("{lr}", "1e-7")]
    [InlineData("gpu{worker}", "gpu3")]
    [InlineData("{\"a\": {\"b\": 1}}", "{\"a\": {\"b\": 1}}")]
    [InlineData("{{lr}}", "{lr}")]
    public void FillVariables_PutsValuesIn(string value, string expected)
    {
        var definition = new CommandDefinition(["p"],
            "/")
        { Environment = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("A", value) };
        Assert.Empty(CommandTemplate.Problems(definition, Space));
        var job = new Job(3, 2, new Point([KeyValuePair.Create<string, ParameterValue>("lr", 1e-7)]),
            new Origin(OriginKind.Global), 0, 9, null, 5);
        Assert.Equal(expected, CommandTemplate.Of(definition, Space).FillVariables(job, "/c", worker: 3)["A"]);
    }

    [Fact]
    public void Problems_NamesTheUnknownInAVariable()
    {
        var definition = new CommandDefinition(["p"],
            "/")
        { Environment = System.Collections.Immutable.ImmutableSortedDictionary<string, string>.Empty.Add("A", "{rl}") };
        Assert.Contains("The variable A names \"rl\", which is no parameter of the space. Did you mean \"lr\"?",
            Assert.Single(CommandTemplate.Problems(definition, Space)), StringComparison.Ordinal);
    }

    [Fact]
    public void FillForWorker_KnowsTheWorker()
    {
        var definition = new CommandDefinition(["p", "--gpu={worker}"], "/") { KeepAlive = true };
        Assert.Equal(["p", "--gpu=2"], CommandTemplate.Of(definition, Space).FillForWorker(2));
    }

    [Fact]
    public void Of_RefusesAnEmptyCommand() =>
        Assert.Throws<ArgumentException>(() => CommandTemplate.Of(new CommandDefinition([], "/"), Space));
}
