using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;

namespace HyperSearch.Tests.Planning;

public sealed class SlotLawTests
{
    private const string File = """
        name: tiny
        objective: {train: {data: points.csv, label: side, epochs: 3}}
        minimize: dev_error
        space: {learning_rate: {log: [1e-3, 1]}}
        method: {sampler: random, trials: 1000, slots: auto}
        """;

    /// <summary>The costs of the built-in trainer are known beforehand, those of a function are not.</summary>
    [Theory]
    [InlineData(0, 8, 8)]
    [InlineData(1, 8, 8)]
    [InlineData(2, 8, 8)]
    [InlineData(4, 8, 16)]
    [InlineData(8, 16, 32)]
    [InlineData(16, 48, 64)]
    [InlineData(64, 256, 256)]
    public void Choose_IsTwoToFourTimesTheWorkers(int workers, int trained, int other)
    {
        var search = SearchFile.Parse(File, "tiny.yaml", ".");
        Assert.Equal(trained, SlotLaw.Choose(search, workers));
        Assert.Equal(other, SlotLaw.Choose(search with { Objective = new TestObjective() }, workers));
    }

    [Theory]
    [InlineData(100, 50)]
    [InlineData(10, 8)]
    public void Choose_LeavesHalfOfTheTrialsToLearn(int trials, int slots) =>
        Assert.Equal(slots, SlotLaw.Choose(PlannerRun.Search(trials: trials), 64));

    [Fact]
    public void Choose_NeverFallsAsWorkersJoin() =>
        Assert.All(Enumerable.Range(0, 200), workers =>
            Assert.True(SlotLaw.Choose(PlannerRun.Search(trials: 100_000), workers)
                <= SlotLaw.Choose(PlannerRun.Search(trials: 100_000), workers + 1)));

    [Fact]
    public void Begin_KeepsANumber() => Assert.Equal(5, SlotLaw.Begin(PlannerRun.Search(slots: 5), 64).Slots);

    [Fact]
    public void File_WithAuto_ReadsBackAsItIsWritten()
    {
        var search = SlotLaw.Begin(SearchFile.Parse(File, "tiny.yaml", "."), 6);
        Assert.Equal((true, 12), (search.AutoSlots, search.Slots));
        var text = SearchText.Of(search, "HyperSearch");
        Assert.Contains("slots: auto", text, StringComparison.Ordinal);
        Assert.True(SearchFile.Parse(text, "tiny.yaml", ".").AutoSlots);
        Assert.Empty(SearchDiff.Between(search, SearchFile.Parse(text, "tiny.yaml", ".")));
        var number = SearchFile.Parse(File.Replace("auto", "12", StringComparison.Ordinal), "tiny.yaml", ".");
        Assert.NotEmpty(SearchDiff.Between(search, number));
    }
}
