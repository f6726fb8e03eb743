using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Campaigns;

public sealed class CampaignContinueTests : IDisposable
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

    public CampaignContinueTests() =>
        _folder = Campaign.Create(new CampaignFolder(Path.Combine(_scratch.Results, "test")), Text, Scratch.Created).Folder;

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Continue_KeepsTheSeedThatTheCampaignBeganWith() =>
        Assert.Equal((20, Scratch.Created.Seed), (Campaign.Open(_folder).Continue().Trials, Campaign.Open(_folder).Continue().Seed));

    [Fact]
    public void Continue_TakesTheTrialsOfTheLastSession()
    {
        using (var store = CampaignStore.Open(_folder, TimeProvider.System))
            store.Append(new SessionStarted(DateTimeOffset.UnixEpoch, 1, "here", 8, 1));
        Assert.Equal(8, Campaign.Open(_folder).Continue().Trials);
        Assert.Equal(50, Campaign.Open(_folder).Continue(50).Trials);
    }

    [Fact]
    public void Create_KeepsTheTrialsOfTheCommandLineThoughNoSessionBegan()
    {
        var path = Path.Combine(_scratch.Results, "killed");
        var search = SearchFile.Parse(Text, Path.Combine(path, "search.yaml"), _scratch.Results) with { Trials = 7 };
        var campaign = Campaign.Create(new CampaignFolder(path), Text, _scratch.Results, search,
            new FunctionObjective(point => point["x"].Number), TimeProvider.System);
        Assert.Equal((7, 7), (campaign.Continue().Trials, campaign.Read().Search.Trials));
        File.WriteAllText(campaign.Folder.SearchPath, Text.Replace("trials: 20", "trials: 30", StringComparison.Ordinal));
        Assert.Equal(30, campaign.Continue().Trials);
    }

    [Fact]
    public void Continue_TakesWhatMayChange()
    {
        Edit("trials: 20", "trials: 70, workers: 3");
        var search = Campaign.Open(_folder).Continue();
        Assert.Equal((70, 3), (search.Trials, search.Workers));
        Assert.Equal(["method.trials: 20 -> 70", "method.workers: auto -> 3"],
            Campaign.Open(_folder).Edits().Select(edit => edit.ToString()));
    }

    [Theory]
    [InlineData("[0, 1]", "[0, 2]", "space.x: uniform [0, 1] -> uniform [0, 2]")]
    [InlineData("seed: 5", "seed: 6", "method.seed: 5 -> 6")]
    [InlineData("minimize", "maximize", "minimize")]
    public void Continue_RefusesWhatMayNotWithTheDifference(string from, string to, string difference)
    {
        Edit(from, to);
        var refusal = Assert.Throws<CampaignException>(() => Campaign.Open(_folder).Continue());
        Assert.Contains(difference, refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>The definition, the edits, the session and the ranking at its end share one reading of the journal.</summary>
    [Fact]
    public async Task Continue_RunAndRank_ReadEveryRecordOnce()
    {
        var objective = new FunctionObjective(point => point["x"].Number);
        await Session.RunAsync(new CampaignRequest(Campaign.Open(_folder).Continue(8), objective, _folder),
            stop: TestContext.Current.CancellationToken);
        var journal = new CountingJournal(new FileJournal(_folder.JournalPath));
        var campaign = new Campaign(_folder, journal: journal);
        var search = campaign.Continue(20);
        Assert.Empty(campaign.Edits());
        var before = journal.EntriesRead;
        var ending = await Session.RunAsync(new CampaignRequest(search, objective, _folder) { Campaign = campaign },
            stop: TestContext.Current.CancellationToken);
        Assert.Equal(before, journal.EntriesRead);
        Assert.True(ending.Finished);
        Assert.Equal(20, campaign.Read().Trials.Length);
        Assert.Equal(1 + 2 + 2 + 20, journal.EntriesRead);
    }

    private void Edit(string from, string to) => File.WriteAllText(_folder.SearchPath, Text.Replace(from, to, StringComparison.Ordinal));

    private sealed class CountingJournal(IJournal journal) : IJournal
    {
        public int EntriesRead { get; private set; }

        public JournalPosition Start => journal.Start;

        public IEnumerable<JournalEntry> Read(JournalPosition from = default) => journal.Read(from).Select(entry =>
        {
            EntriesRead++;
            return entry;
        });

        public long Own(JournalPosition end) => journal.Own(end);

        public void Append(CampaignEvent entry) => journal.Append(entry);

        public void Append(Outcome outcome) => journal.Append(outcome);

        public JournalPosition Flush() => journal.Flush();

        public void Forget() => journal.Forget();

        public void Dispose() => journal.Dispose();
    }
}
