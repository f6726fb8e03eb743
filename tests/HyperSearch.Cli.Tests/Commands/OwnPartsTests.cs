using System.Text.Json;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.SampleHost;
using HyperSearch.Spaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace HyperSearch.Cli.Tests.Commands;

/// <summary>Campaigns whose sampler, schedule, scales and objective are a program's own.</summary>
public sealed class OwnCampaigns : IAsyncLifetime
{
    public static Search Search { get; } = new()
    {
        Name = "own",
        Objective = new DelegateDefinition { Epochs = 12 },
        Metric = "loss",
        Space = new Space(
        [
            new Parameter("rate", new LogScale(1e-4, 1)),
            new Parameter("width", new SquareScale(64)) { Default = 16 },
        ]),
        Sampler = new ScoutSampler { Reach = 0.2 },
        Schedule = new HalfwaySchedule(),
        Trials = 24,
        Workers = 2,
    };

    public string Results { get; } = Directory.CreateTempSubdirectory("hypersearch-own-").FullName;

    public string PathOf(string name) => Path.Combine(Results, name);

    public async ValueTask InitializeAsync()
    {
        await RunAsync("own", Search);
        await RunAsync("again", Search with { Seed = 2 });
    }

    public ValueTask DisposeAsync()
    {
        Directory.Delete(Results, recursive: true);
        return ValueTask.CompletedTask;
    }

    public async Task RunAsync(string name, Search search)
    {
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Services.AddHyperSearch(search, PathOf(name), _ => new BowlObjective(), stopsHost: true);
        using var host = builder.Build();
        var campaign = host.Services.GetRequiredService<CampaignService>();
        await host.RunAsync(TestContext.Current.CancellationToken);
        Assert.True((await campaign.Ending).Finished);
    }
}

/// <summary>What a program's own parts did is read by every verb, and what is in code is named so.</summary>
public sealed class OwnPartsTests(OwnCampaigns campaigns) : IClassFixture<OwnCampaigns>
{
    [Theory]
    [InlineData("list")]
    [InlineData("status own")]
    [InlineData("rank own --json")]
    [InlineData("rank own --top 3 --where width<30")]
    [InlineData("show own 5")]
    [InlineData("best own")]
    [InlineData("plot own")]
    [InlineData("report own")]
    [InlineData("diagnose own")]
    [InlineData("importance own")]
    [InlineData("explain own")]
    [InlineData("compare own again")]
    [InlineData("export own --format csv")]
    [InlineData("export own --format jsonl")]
    [InlineData("doctor own")]
    public async Task ReadingVerb_ReadsIt(string line)
    {
        var (code, output, error) = await CommandAsync(line);
        Assert.True(code == ExitCode.Done, $"{line}: {error}");
        Assert.NotEqual("", output);
    }

    [Fact]
    public async Task Verbs_NameWhatIsInCode()
    {
        Assert.Contains("own, ScoutSampler { Reach = 0.2 } (in code), HalfwaySchedule (in code), 24 trials",
            (await CommandAsync("compare own again")).Output, StringComparison.Ordinal);
        Assert.Contains("square [0, 64]", (await CommandAsync("show own 5")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Rank_HasTheTrialsOfTheProgram()
    {
        using var rank = JsonDocument.Parse((await CommandAsync("rank own --json")).Output);
        var known = Ranking.Rank(KeptCampaign.Read(campaigns.PathOf("own")).Trials, maximize: false);
        Assert.Equal(known.Select(entry => (entry.Trial.Number, entry.Trial.Value)), rank.RootElement.EnumerateArray()
            .Select(entry => (entry.GetProperty("trial").GetInt32(), (double?)entry.GetProperty("value").GetDouble())));
        Assert.Equal(24, known.Length);
        Assert.Contains(known, entry => entry.Trial.Epochs == 6); // half of the budget, by the program's own schedule
    }

    [Theory]
    [InlineData("resume own --trials 40")]
    [InlineData("check {0}/search.yaml")]
    [InlineData("run {0}/search.yaml --name copy")]
    public async Task RunningVerb_SaysThatOnlyTheProgramCan(string line)
    {
        var (code, _, error) = await CommandAsync(line.Replace("{0}", campaigns.PathOf("own"), StringComparison.Ordinal));
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("so only that program can run it", error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(campaigns.PathOf("copy")));
    }

    [Fact]
    public async Task RunningVerb_OfACommandNamesThePartsThatAreInCode()
    {
        var command = new CommandDefinition(["train", "{rate}"], "/scripts") { Epochs = 12 };
        var search = OwnCampaigns.Search with { Name = "half", Objective = command };
        KeptCampaign.Open(campaigns.PathOf("half"), search, new BowlObjective(), TimeProvider.System);
        var (code, _, error) = await CommandAsync("resume half");
        Assert.Equal(ExitCode.Failed, code);
        Assert.Contains("The sampler ScoutSampler { Reach = 0.2 } and the schedule HalfwaySchedule and the scale square [0, 64] of "
            + "\"width\" of \"half\" are in the code of a program, so only that program can run it; "
            + "every verb that reads a campaign works.",
            error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Program_GoesOnWithItsOwnPartsAndIsRefusedOthers()
    {
        await campaigns.RunAsync("grown", OwnCampaigns.Search);
        await campaigns.RunAsync("grown", OwnCampaigns.Search with { Trials = 30 });
        Assert.Equal(30, KeptCampaign.Read(campaigns.PathOf("grown")).Trials.Length);
        var refusal = Assert.Throws<CampaignException>(() =>
            KeptCampaign.Open(campaigns.PathOf("grown"), OwnCampaigns.Search with { Sampler = new ScoutSampler { Reach = 0.3 } },
                new BowlObjective(), TimeProvider.System));
        Assert.Contains("method.sampler: ScoutSampler { Reach = 0.2 } (in code) -> ScoutSampler { Reach = 0.3 } (in code)", refusal.Message,
            StringComparison.Ordinal);
    }

    private async Task<(int Code, string Output, string Error)> CommandAsync(string line)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = await CommandLine.RunAsync([.. line.Split(' '), "--results", campaigns.Results], Terminal.Piped(output, error),
            TimeProvider.System);
        return (code, output.ToString(), error.ToString());
    }
}
