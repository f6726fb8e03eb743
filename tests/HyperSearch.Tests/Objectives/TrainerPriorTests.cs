using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;

namespace HyperSearch.Tests.Objectives;

public sealed class TrainerPriorTests
{
    private const string Any = "{learning_rate: {log: [1e-4, 1]}, l2: {log: [1e-6, 100]}}";

    [Fact]
    public void Points_AreThoseOfTheFile()
    {
        var file = Path.Combine(
            Repository.Folder("src/HyperSearch.Hosting"), "Objectives", "Training", "trainer-prior.json");
        Assert.True(TrainerPrior.Points.Length >= TrainerPrior.Most);
        Assert.Equal(TrainerPrior.Points.Length, File.ReadAllText(file).Split("\"learning_rate\"").Length - 1);
        Assert.All(TrainerPrior.Points, point => Assert.Equal("adam", point["optimizer"].ToString()));
    }

    [Fact]
    public void Points_LieInTheSpaceThatNewWrites()
    {
        var template = Path.Combine(Repository.Folder("src/HyperSearch.Cli/Templates"), "csv.yaml");
        var space = SearchFile.Parse(File.ReadAllText(template).Replace("{name}", "mine", StringComparison.Ordinal), "mine", ".").Space;
        foreach (var point in TrainerPrior.Points)
        {
            Assert.All(point, value => Assert.True(
                space.Parameters.Single(parameter => parameter.Name == value.Key).Scale.Contains(value.Value), value.ToString()));
        }
    }

    [Theory]
    [InlineData("csv.yaml")]
    [InlineData("generated.yaml")]
    [InlineData("images.yaml")]
    public void Begin_GivesEveryTemplateValidPoints(string name)
    {
        var template = File.ReadAllText(Path.Combine(Repository.Folder("src/HyperSearch.Cli/Templates"), name));
        var search = SearchFile.Parse(template.Replace("{name}", "mine", StringComparison.Ordinal), "mine", ".");
        var begun = TrainerPrior.Begin(search with { Prior = true }).Search;
        Assert.InRange(begun.Earlier!.Trials.Length, 2, TrainerPrior.Most);
        foreach (var trial in begun.Earlier.Trials)
        {
            Assert.Equal(search.Space.Completed(trial.Point), trial.Point);
            Assert.All(search.Space.Searched.Where(parameter => trial.Point.ContainsKey(parameter.Name)),
                parameter => Assert.True(parameter.Scale.Contains(trial.Point[parameter.Name])));
        }
    }

    [Fact]
    public void Begin_TakesThemWhereTheyAreAskedFor()
    {
        var (search, remark) = TrainerPrior.Begin(Of(Any, "prior: trainer"));
        Assert.Equal(TrainerPrior.Most, search.Earlier!.Trials.Length);
        Assert.Equal("From the trainer's prior: 8 configurations that did well together on other tables run first.", remark);
        Assert.StartsWith("configuration 1 of the trainer's prior", search.First[0].Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("prior: none")]
    public void Begin_LeavesOtherSearchesAlone(string method)
    {
        var search = Of(Any, method);
        Assert.Equal((search, null), TrainerPrior.Begin(search));
    }

    [Theory]
    [InlineData("auto")]
    [InlineData("random")]
    [InlineData("coarse_to_fine")]
    [InlineData("tpe")]
    public void Begin_TakesThemWithAnySampler(string sampler) => Assert.Equal(
        TrainerPrior.Most, TrainerPrior.Begin(Of(Any, $"sampler: {sampler}, prior: trainer")).Search.Earlier!.Trials.Length);

    [Fact]
    public void Begin_PutsThemBehindAnEarlierCampaign()
    {
        var search = Of(Any, "prior: trainer");
        var before = new EarlierTrials("before", [new EarlierTrial(7, TrainerPrior.Begin(search).Search.Earlier!.Trials[3].Point)], []);
        var begun = TrainerPrior.Begin(search with { Earlier = before }).Search;
        Assert.Equal("trial 7 of before", begun.First[0].Note);
        Assert.Equal(TrainerPrior.Most, begun.First.Length); // the fourth is there already
        Assert.StartsWith("configuration 1 of the trainer's prior", begun.First[1].Note, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(12, 3)]
    [InlineData(100, TrainerPrior.Most)]
    public void Begin_TakesAQuarterOfFewTrials(int trials, int taken) =>
        Assert.Equal(taken, TrainerPrior.Begin(Of(Any, "prior: trainer") with { Trials = trials }).Search.Earlier!.Trials.Length);

    [Fact]
    public void Begin_MovesNumbersIntoTheirRanges()
    {
        var search = TrainerPrior.Begin(Of(
            "{learning_rate: {log: [1e-6, 1e-5]}, batch_size: 8, l2: {log: [1e-6, 100]}}", "prior: trainer")).Search;
        Assert.All(search.Earlier!.Trials, trial => Assert.Equal(1e-5, trial.Point["learning_rate"].Number));
    }

    [Fact]
    public void Begin_HasNothingForAnotherOptimizer()
    {
        var (search, remark) = TrainerPrior.Begin(Of("{learning_rate: {log: [1e-4, 1]}, optimizer: momentum}", "prior: trainer"));
        Assert.Null(search.Earlier);
        Assert.Contains("no configuration in this space", remark, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_RefusesThePriorOfAnotherObjective()
    {
        var refused = Assert.Throws<SearchFileException>(() => SearchFile.Parse(
            "name: a\nobjective: {command: [x]}\nminimize: loss\nspace: {x: {uniform: [0, 1]}}\nmethod: {prior: trainer}\n", "a", "."));
        Assert.Contains("prior: trainer is what is known of the built-in trainer", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parse_RefusesThePriorOfSeveralMetrics()
    {
        var refused = Assert.Throws<SearchFileException>(() => SearchFile.Parse(
            "name: a\nobjective: {train: {data: {generate: {kind: moons}}}}\nminimize: [dev_cost, parameters]\n"
            + $"space: {Any}\nmethod: {{prior: trainer}}\n", "a", "."));
        Assert.Contains("prior: trainer is what did well by one metric", refused.Message, StringComparison.Ordinal);
        Assert.Contains("5:17", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ThrowIfWrong_RefusesThePriorOfAnotherObjectiveOrOfSeveralMetrics()
    {
        var search = Of(Any, "prior: trainer");
        SearchChecks.ThrowIfWrong(search, 1);
        Assert.Contains("Prior is what is known of the built-in trainer", Assert.Throws<ArgumentException>(() =>
            SearchChecks.ThrowIfWrong(search with { Objective = new DelegateDefinition() }, 1)).Message, StringComparison.Ordinal);
        Assert.Contains("Prior is what did well by one metric", Assert.Throws<ArgumentException>(() =>
            SearchChecks.ThrowIfWrong(search with { Further = [new Goal("parameters", false)] }, 1)).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Write_KeepsWhetherItIsAskedFor(bool prior)
    {
        var search = Of(Any) with { Prior = prior };
        Assert.Equal(prior, SearchFile.Parse(SearchText.Of(search, "tests"), "a", ".").Prior);
    }

    private static Search Of(string space, string method = "") => SearchFile.Parse(
        "name: a\nobjective: {train: {data: {generate: {kind: moons}}}}\nminimize: dev_cost\n"
        + $"space: {space}\nmethod: {{{method}}}\n", "a", ".");
}
