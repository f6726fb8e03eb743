using HyperSearch.Hosting;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Stores;

namespace HyperSearch.Tests.Hosting;

public sealed class KeptCampaignTests : IDisposable
{
    private static readonly Search Everything = new()
    {
        Name = "search",
        Objective = new DelegateDefinition { Epochs = 9 },
        Metric = "dev loss: \"ü\"",
        Maximize = true,
        Space = new Space(
        [
            new Parameter("a", new UniformScale(-1e-7, 3)) { Default = 0.5 },
            new Parameter("b", new UniformScale(0, 1) { Step = 0.25 }),
            new Parameter("c", new LogScale(1e-10, 1)),
            new Parameter("d", new LogScale(1, 100) { Factor = 10 }),
            new Parameter("e", new OneMinusLogScale(0.9, 0.999)),
            new Parameter("f", new IntScale(0, 10) { Step = 5 }),
            new Parameter("g", new LogIntScale(1, 81) { Factor = 3 }),
            new Parameter("h", new LogIntScale(16, 256)),
            new Parameter("i", new PowerOfTwoScale(8, 64)),
            new Parameter("j", new ChoiceScale("adam", "1", 1, true, "a: \"b\"\n", "")),
            new Parameter("k", new FixedScale("relu")),
            new Parameter("l", new FixedScale(3)) { When = [new Condition("j", ["1", true])] },
        ],
        [Constraint.Parse("h < 200")]),
        Sampler = new CoarseToFineSampler { GlobalShare = 0.05 },
        Schedule = new AshaSchedule { MinEpochs = 1, Factor = 3 },
        Trials = 17,
        Seed = ulong.MaxValue >> 12,
        Workers = 3,
        Slots = 5,
        Limits = new Limits
        {
            TrialTimeout = TimeSpan.FromSeconds(1.5),
            Retries = 0,
            StopAfterFailures = 3,
            Time = TimeSpan.FromHours(30),
            Target = 1e-9,
            Patience = 40,
            Epochs = 1_000_000_000_000
        },
    };

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    [Fact]
    public void Definition_IsReadBackAsItWasMade()
    {
        var point = Everything.Space.Default!;
        var search = Everything with { Enqueued = [point] };
        var folder = Open("kept", search).Folder;
        var read = Campaign.Open(folder).Read().Search;
        Assert.Empty(SearchDiff.Between(search, read));
        Assert.Equal(search.Space.Parameters.Select(parameter => (parameter.Name, parameter.Scale)),
            read.Space.Parameters.Select(parameter => (parameter.Name, parameter.Scale)));
        Assert.Equal(search.Limits, read.Limits);
        Assert.Equal(point, Assert.Single(read.Enqueued));
    }

    [Fact]
    public void Open_GoesOnWithASearchThatIsRelaxedHasABaseErrorAndBeganFromAnother()
    {
        var search = Everything with { Relaxed = true, BaseError = 0.01, From = new WarmStart("results/before", 3), Seed = ulong.MaxValue };
        var folder = Open("kept", search).Folder;
        Open("kept", search);
        var read = KeptCampaign.Read(folder.Path).Search;
        Assert.Equal((true, 0.01, search.From, ulong.MaxValue), (read.Relaxed, read.BaseError, read.From, read.Seed));
    }

    [Fact]
    public void Open_GoesOnWithASearchWhoseObjectiveAFileCanSay()
    {
        var search = Everything with { Objective = new CommandDefinition(["train", "{a}"], "/scripts") { Epochs = 9 } };
        var folder = Open("kept", search).Folder;
        Open("kept", search);
        Assert.Equal("/scripts", Assert.IsType<CommandDefinition>(KeptCampaign.Read(folder.Path).Search.Objective).WorkingDirectory);
    }

    [Fact]
    public void Open_TakesTheTrainersPriorWhenACampaignBegins()
    {
        var search = SearchFile.Parse("""
            name: kept
            objective: {train: {data: {generate: moons}}}
            minimize: dev_error
            space: {learning_rate: {log: [1e-4, 1]}}
            method: {prior: trainer, trials: 20}
            """, "kept", ".");
        var began = Open("kept", search).Search;
        Assert.Equal(5, began.Earlier!.Trials.Length);
        Assert.Equal(began.First.Select(given => given.Point), Open("kept", search).Search.First.Select(given => given.Point));
    }

    [Fact]
    public void Open_RefusesAnotherSearchesCampaignAndSaysHowItDiffers()
    {
        Open("kept", Everything);
        Open("kept", Everything with { Trials = 40, Workers = 1 });
        var refusal = Assert.Throws<CampaignException>(() => Open("kept", Everything with { Seed = 2, Sampler = new RandomSampler() }));
        Assert.Contains("method.sampler", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("method.seed", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Read_SeesACampaignThatHasNotBegun()
    {
        var snapshot = KeptCampaign.Read(Open("kept", Everything).Folder.Path);
        Assert.Equal(("kept", CampaignState.Interrupted, 0), (snapshot.Name, snapshot.State, snapshot.Trials.Length));
    }

    private CampaignRequest Open(string name, Search search) =>
        KeptCampaign.Open(Path.Combine(_scratch.Results, name), search, new DelegateObjective((_, _) => Task.FromResult(1.0)),
            TimeProvider.System);
}
