using HyperSearch.Hosting.Searches;

namespace HyperSearch.Tests.Searches;

public sealed class SearchDiffTests
{
    [Fact]
    public void Between_FindsNothingInTheSameFile() => Assert.Empty(SearchDiff.Between(Yaml.Parse(Yaml.Good), Yaml.Parse(Yaml.Good)));

    [Fact]
    public void Between_DoesNotMindAMovedFolder() =>
        Assert.Empty(SearchDiff.Between(SearchFile.Parse(Yaml.Good, "x.yaml", "/here"), SearchFile.Parse(Yaml.Good, "x.yaml", "/there")));

    [Theory]
    [InlineData("trials: 120", "trials: 200", "method.trials: 120 -> 200")]
    [InlineData("trials: 120", "trials: 120\n  workers: 4", "method.workers: auto -> 4")]
    [InlineData("name: digits", "name: other", "name: digits -> other")]
    [InlineData("minimize: dev_error", "minimize: dev_error\nlimits: {time: 1h}", "limits.time: (none) -> 01:00:00")]
    public void Between_LetsACampaignGoOnWithWhatChangesNoTrial(string piece, string by, string said) =>
        Assert.Equal((said, true), Only(piece, by));

    [Theory]
    [InlineData("log: [1e-4, 1]", "log: [1e-5, 1]", "space.learning_rate: log [0.0001, 1] -> log [1e-5, 1]")]
    [InlineData("when: {optimizer: adam}", "when: {optimizer: [adam, rmsprop]}",
        "space.adam_epsilon: log [1e-10, 1e-6] when optimizer is adam -> log [1e-10, 1e-6] when optimizer is adam or rmsprop")]
    [InlineData("  activation: relu\n", "", "space.activation: fixed relu -> (none)")]
    [InlineData("data/digits.csv", "data/other.csv", "objective.train.data: data/digits.csv -> data/other.csv")]
    [InlineData("minimize: dev_error", "minimize: dev_cost", "minimize: dev_error -> dev_cost")]
    [InlineData("sampler: random", "sampler: {coarse_to_fine: {design: 4}}", "method.sampler: random -> coarse_to_fine {design: 4}")]
    [InlineData("trials: 120", "trials: 120\n  seed: 2", "method.seed: 1 -> 2")]
    [InlineData("trials: 120", "trials: 120\n  slots: 4", "method.slots: 8 -> 4")]
    [InlineData("epochs: 30", "epochs: 31", "objective.train.epochs: 30 -> 31")]
    [InlineData("epochs: 30", "epochs: 30\n    split: [0.7, 0.2, 0.1]", "objective.train.split: (none) -> [0.7, 0.2, 0.1]")]
    public void Between_RefusesWhatWouldProposeOtherTrials(string piece, string by, string said) =>
        Assert.Equal((said, false), Only(piece, by));

    [Fact]
    public void Between_SeesAnotherOrderOfTheParameters() => Assert.Equal(("space", false),
        Assert.Single(SearchDiff.Between(Yaml.Parse(Yaml.Good), Yaml.Parse(Yaml.Changed(
            "  learning_rate: {log: [1e-4, 1]}\n  hidden_units: {log_int: [16, 256]}",
            "  hidden_units: {log_int: [16, 256]}\n  learning_rate: {log: [1e-4, 1]}")))) is var difference
            ? (difference.Key, difference.MayChange) : default);

    private static (string, bool) Only(string piece, string by)
    {
        var difference = Assert.Single(SearchDiff.Between(Yaml.Parse(Yaml.Good), Yaml.Parse(Yaml.Changed(piece, by))));
        return (difference.ToString(), difference.MayChange);
    }
}
