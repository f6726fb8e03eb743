using System.Collections.Concurrent;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Schedules;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Tests.Execution;

public sealed class HyperSearchServicesTests : IDisposable
{
    private readonly Scratch _scratch = new();
    private readonly HostApplicationBuilder _builder =
        Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
    private readonly MessageLog _log = new();

    public HyperSearchServicesTests() => _builder.Logging.AddProvider(_log);

    public void Dispose() => _scratch.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task AddHyperSearch_Twice_RunsBothCampaignsEachUnderItsName()
    {
        _builder.Services.AddHyperSearch(Search(6), PathOf("first"), _ => Objective());
        _builder.Services.AddHyperSearch(Search(9), PathOf("second"), _ => Objective());
        using var host = _builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        var (first, second) =
            (host.Services.GetRequiredKeyedService<CampaignService>("first"),
                host.Services.GetRequiredKeyedService<CampaignService>("second"));
        Assert.Equal("all 6 trials are done", (await first.Ending).Reason);
        Assert.Equal("all 9 trials are done", (await second.Ending).Reason);
        Assert.Equal((6, 9), (KeptCampaign.Read(PathOf("first")).Trials.Length, KeptCampaign.Read(PathOf("second")).Trials.Length));
        var refusal = Assert.Throws<InvalidOperationException>(host.Services.GetRequiredService<CampaignService>);
        Assert.Contains("2 campaigns: first, second. Ask for one by its name", refusal.Message, StringComparison.Ordinal);
        await host.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public void AddHyperSearch_RefusesASecondCampaignOfTheSameName()
    {
        _builder.Services.AddHyperSearch(Search(6), PathOf("a/mine"), _ => Objective());
        var refusal = Assert.Throws<ArgumentException>(() =>
            _builder.Services.AddHyperSearch(Search(6), PathOf("b/mine"), _ => Objective()));
        Assert.Contains("A campaign \"mine\" was added before", refusal.Message, StringComparison.Ordinal);
    }

    [Fact(Timeout = 60_000)]
    public async Task Ending_IsCancelledWhenTheHostEndsBeforeTheSessionBegins()
    {
        _builder.Services.AddHyperSearch(Search(6), PathOf("unbegun"), _ => Objective());
        var host = _builder.Build();
        var ending = host.Services.GetRequiredService<CampaignService>().Ending;
        host.Dispose();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => ending.WaitAsync(TestContext.Current.CancellationToken));
    }

    [Fact(Timeout = 60_000)]
    public async Task Observer_HearsOfItsOwnCampaignAndOneWithoutAKeyOfAll()
    {
        var (all, second) = (new Ear(), new Ear());
        _builder.Services.AddSingleton<ICampaignObserver>(all);
        _builder.Services.AddKeyedSingleton<ICampaignObserver>("second", second);
        _builder.Services.AddHyperSearch(Search(3), PathOf("first"), _ => Objective());
        _builder.Services.AddHyperSearch(Search(3), PathOf("second"), _ => Objective());
        using var host = _builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        await Task.WhenAll(host.Services.GetKeyedServices<CampaignService>(KeyedService.AnyKey).Select(campaign => campaign.Ending));
        await host.StopAsync(TestContext.Current.CancellationToken);
        Assert.Equal(["first", "second"], all.Ended.Order());
        Assert.Equal(["second"], second.Ended);
    }

    [Fact(Timeout = 60_000)]
    public async Task AddHyperSearch_GivesEveryTrialAnObjectiveInAScopeOfItsOwn()
    {
        _builder.Services.AddSingleton<Census>();
        _builder.Services.AddScoped<Connection>();
        _builder.Services.AddHyperSearch<CountingObjective>(Search(12), PathOf("mine"));
        using var host = _builder.Build();
        await host.StartAsync(TestContext.Current.CancellationToken);
        Assert.True((await host.Services.GetRequiredService<CampaignService>().Ending).AnySucceeded);
        await host.StopAsync(TestContext.Current.CancellationToken);
        var census = host.Services.GetRequiredService<Census>();
        Assert.Equal(12, census.Used.Distinct().Count());
        Assert.Equal(12, census.Used.Count(connection => connection.IsDisposed));
    }

    [Fact(Timeout = 60_000)]
    public async Task AddHyperSearch_TakesSettingsFromTheConfiguration()
    {
        _builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["HyperSearch:mine:Trials"] = "4",
            ["HyperSearch:mine:Workers"] = "1",
            ["HyperSearch:mine:StopsHost"] = "true"
        });
        _builder.Services.AddHyperSearch(Search(6), PathOf("mine"), _ => Objective());
        using var host = _builder.Build();
        var campaign = host.Services.GetRequiredService<CampaignService>();
        await host.RunAsync(TestContext.Current.CancellationToken);
        var ending = await campaign.Ending;
        Assert.Equal(("all 4 trials are done", 1), (ending.Reason, ending.Progress.Workers));
    }

    [Theory(Timeout = 60_000)]
    [InlineData("Trials", "0", "HyperSearch:mine: Trials ")]
    [InlineData("Trials", "many", "many")]
    [InlineData("Trails", "8", "HyperSearch:mine has no setting \"Trails\". Did you mean \"Trials\"? Known: Trials, Workers, ")]
    [InlineData("Workers", "1000000", "HyperSearch:mine: Workers ")]
    public async Task StartAsync_RefusesSettingsThatCannotBeAndKeepsNothing(string key, string value, string sentence)
    {
        _builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?> { [$"HyperSearch:mine:{key}"] = value });
        _builder.Services.AddHyperSearch(Search(6), PathOf("mine"), _ => Objective());
        using var host = _builder.Build();
        var refusal = await Assert.ThrowsAnyAsync<Exception>(() => host.StartAsync(TestContext.Current.CancellationToken));
        Assert.Contains(sentence, refusal.ToString(), StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("mine")));
    }

    [Fact]
    public void Names_HaveEverySetting() =>
        Assert.Equal(typeof(CampaignSettings).GetProperties().Select(property => property.Name), CampaignSettings.Names);

    [Fact]
    public void AddHyperSearch_RefusesAScheduleThatDoesNotFitTheEpochs()
    {
        var refusal = Assert.Throws<ArgumentException>(() =>
            _builder.Services.AddHyperSearch(Search(6) with { Schedule = new AshaSchedule { MinEpochs = 50 } }, PathOf("mine"),
                _ => Objective()));
        Assert.Contains("min_epochs is at most the full budget", refusal.Message, StringComparison.Ordinal);
        Assert.False(Directory.Exists(PathOf("mine")));
    }

    [Fact(Timeout = 60_000)]
    public async Task FaultOfASession_IsLoggedAsAnErrorAndStopsTheHostAsAnyBackgroundServiceDoes()
    {
        using var owner = CampaignStore.Open(Session.Create(_scratch.Results, Search(6), "mine"), TimeProvider.System); // another replica
        _builder.Services.AddHyperSearch(new CampaignRequest(Search(6), Objective(),
            new CampaignFolder(PathOf("mine")))
        { StopsHost = false });
        using var host = _builder.Build();
        var campaign = host.Services.GetRequiredService<CampaignService>();
        try
        {
            await host.RunAsync(TestContext.Current.CancellationToken);
        }
        catch (StoreException)
        {
            // Newer hosts pass the fault on as well.
        }

        var fault = await Assert.ThrowsAsync<StoreException>(() => campaign.Ending);
        Assert.Contains(_log.Entries, entry => entry.Level >= LogLevel.Error && entry.Exception == fault);
        Assert.Contains($"{Environment.ProcessId}", fault.Message, StringComparison.Ordinal);
    }

    private static Search Search(int trials) => PlannerRun.Search(trials: trials);

    private static FunctionObjective Objective() => new(point => point["x"].Number);

    private string PathOf(string name) => Path.Combine(_scratch.Results, name);

    private sealed class Ear : ICampaignObserver
    {
        public ConcurrentBag<string> Ended { get; } = [];

        public void OnStarted(CampaignProgress progress)
        {
        }

        public void OnOutcome(Outcome outcome, CampaignProgress progress)
        {
        }

        public void OnEnded(CampaignEnding ending) => Ended.Add(ending.Progress.Campaign);
    }

    private sealed class Census
    {
        public ConcurrentBag<Connection> Used { get; } = [];
    }

    private sealed class Connection : IDisposable
    {
        public bool IsDisposed { get; private set; }

        public void Dispose() => IsDisposed = true;
    }

    private sealed class CountingObjective(Census census, Connection connection) : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop)
        {
            census.Used.Add(connection);
            job.Report(job.Job.ToEpochs, new Dictionary<string, double> { ["loss"] = job.Job.Point["x"].Number });
        }
    }

    /// <summary>Every log entry of a host.</summary>
    private sealed class MessageLog : ILoggerProvider, ILogger
    {
        public ConcurrentQueue<(LogLevel Level, string Text, Exception? Exception)> Entries { get; } = [];

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
            Func<TState, Exception?, string> formatter) =>
            Entries.Enqueue((logLevel, formatter(state, exception), exception));

        public void Dispose()
        {
        }
    }
}
