using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Hosting;

public sealed class CampaignResumptionTests : IDisposable
{
    private const string Text = """
        name: test
        objective: {command: ["true", "{x}"]}
        minimize: loss
        space: {x: {uniform: [0, 1]}}
        method: {sampler: random, trials: 20, seed: 5}
        """;

    private readonly Scratch _scratch = new();
    private readonly CampaignFolder _folder;

    public CampaignResumptionTests() => _folder = CampaignFolder.Create(Path.Combine(_scratch.Results, "test"), Text, Scratch.Created);

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Definition_KeepsTheSeedThatTheCampaignBeganWith() =>
        Assert.Equal((20, Scratch.Created.Seed), (CampaignResumption.Definition(_folder, null).Trials, CampaignResumption.Definition(_folder, null).Seed));

    [Fact]
    public void Definition_TakesTheTrialsOfTheLastSession()
    {
        using (var store = CampaignStore.Open(_folder, TimeProvider.System))
            store.Append(new SessionStarted(DateTimeOffset.UnixEpoch, 1, "here", 8, 1));
        Assert.Equal(8, CampaignResumption.Definition(_folder, null).Trials);
        Assert.Equal(50, CampaignResumption.Definition(_folder, 50).Trials);
    }

    [Fact]
    public void Definition_TakesWhatMayChange()
    {
        Edit("trials: 20", "trials: 70, workers: 3");
        var search = CampaignResumption.Definition(_folder, null);
        Assert.Equal((70, 3), (search.Trials, search.Workers));
        Assert.Equal(["method.trials: 20 -> 70", "method.workers: auto -> 3"], CampaignResumption.Edits(_folder).Select(edit => edit.ToString()));
    }

    [Theory]
    [InlineData("[0, 1]", "[0, 2]", "space.x: uniform [0, 1] -> uniform [0, 2]")]
    [InlineData("seed: 5", "seed: 6", "method.seed: 5 -> 6")]
    [InlineData("minimize", "maximize", "minimize")]
    public void Definition_RefusesWhatMayNotWithTheDifference(string from, string to, string difference)
    {
        Edit(from, to);
        var refusal = Assert.Throws<CampaignException>(() => CampaignResumption.Definition(_folder, null));
        Assert.Contains(difference, refusal.Message, StringComparison.Ordinal);
    }

    private void Edit(string from, string to) => File.WriteAllText(_folder.SearchPath, Text.Replace(from, to, StringComparison.Ordinal));
}
