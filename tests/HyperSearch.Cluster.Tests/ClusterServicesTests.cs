using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Cluster.Grains;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Security;
using HyperSearch.Cluster.Tests.Processes;
using HyperSearch.Cluster.Tests.Simulation;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Schedules;
using HyperSearch.Tests.Hosting;
using HyperSearch.Tests.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;

namespace HyperSearch.Cluster.Tests;

/// <summary>Hosts and workers in one process, each a Generic Host of its own, over loopback: what is not about processes.</summary>
/// <remarks>
/// Orleans' TestingHost starts silos and clients with connections of its own; what is tested here, and in
/// <see cref="ClusterConnectionsTests"/>, is ours: the port, the dialer, TLS and what a call says. So these are real silos.
/// </remarks>
public sealed class ClusterServicesTests : IDisposable
{
    /// <summary>A rung schedule with checkpoints, over a table that workers have to fetch.</summary>
    private const string Training = """
        name: training
        objective:
          train: {data: points.csv, label: side, epochs: 18}
        minimize: dev_error
        space:
          learning_rate: {log: [1e-3, 1]}
          hidden_units: {int: [2, 8]}
        method: {sampler: coarse_to_fine, trials: 40, seed: 3, slots: 8}
        schedule: {asha: {min_epochs: 2, factor: 3}}
        confirm: none
        """;

    private readonly Scratch _scratch = new();
    private readonly HostAddress _listen = new("127.0.0.1", ClusterWorkplace.FreePort());

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public void Dispose() => _scratch.Dispose();

    [Fact(Timeout = 60_000)]
    public async Task KeptWorker_BehindAMappedPort_GoesOnWithAnExtendedCampaign()
    {
        using var tunnel = new Tunnel(_listen);
        using var worker = Worker(new ClusterWorkerOptions($"{tunnel.Address}") { Slots = 2, Keep = true }, new Slope());
        await worker.StartAsync(TestContext.Current.CancellationToken); // there is no host yet
        foreach (var trials in (int[])[6, 14])
        {
            await RunAsync("alone", trials, isOpen: false);
            await RunAsync("many", trials, isOpen: true);
            Assert.Equal(FactsOf("alone"), FactsOf("many"));
        }

        var service = worker.Services.GetRequiredService<WorkerService>();
        Assert.Equal(14, service.Done);
        await worker.StopAsync(Stop);
        Assert.Equal(WorkerEnding.ToldToLeave, await service.Ending);
    }

    [Fact(Timeout = 60_000)]
    public async Task Worker_ThatDiffersFromItsHost_IsRefusedInASentence()
    {
        using var host = Campaign("open", trials: 3, isOpen: true, own: 0);
        await host.StartAsync(TestContext.Current.CancellationToken);
        using (var client = Client())
        {
            await client.StartAsync(Stop);
            var door = client.Services.GetRequiredService<IClusterClient>().GetGrain<ICampaignGrain>("campaign");
            var hello = Protocol.Introduce(1, [], runsCommands: true);
            foreach (var (other, sentence) in ((Hello, string)[])
            [
                (hello with { Protocol = 0 }, "The worker speaks protocol 0, this campaign 1: install HyperSearch "),
                (hello with { Product = "0.0.1" }, "The worker is HyperSearch 0.0.1, this campaign's host "),
                (hello with { Numerics = "0" }, "This machine gives other bits than the host's in the same training"),
                (hello with { Program = "other 1" }, "and the worker is other 1: start the same build of it."),
            ])
            {
                var welcome = await door.Join(other);
                Assert.Equal(WelcomeKind.Refused, welcome.Kind);
                Assert.Contains(sentence, welcome.Reason, StringComparison.Ordinal);
                Assert.EndsWith(".", welcome.Reason, StringComparison.Ordinal);
            }

            Assert.Equal(WelcomeKind.Joined, (await door.Join(hello)).Kind);
            await client.StopAsync(Stop);
        }

        using var worker = Worker(new ClusterWorkerOptions($"{_listen}"), new Slope { DataFingerprint = "other" });
        await worker.StartAsync(Stop);
        var refusal = await Assert.ThrowsAsync<ClusterException>(() => worker.Services.GetRequiredService<WorkerService>().Ending);
        Assert.Equal("The data here have the fingerprint other, those of the campaign same, so trials would not compare.", refusal.Message);
        await host.StopAsync(Stop);
    }

    /// <summary>Workers without a function of their own get search, data and checkpoints from the host.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Training_OnWorkersThatComeAndGo_GivesTheTrialsOfOneProcess()
    {
        File.WriteAllText(Path.Combine(_scratch.Results, "points.csv"), Workplace.Points(300));
        File.WriteAllText(Path.Combine(_scratch.Results, "training.yaml"), Training);
        var search = SearchFile.Read(Path.Combine(_scratch.Results, "training.yaml"));
        using var data = (IDisposable)ObjectiveFactory.Create(search, TimeProvider.System);
        var alone = Session.Create(_scratch.Results, search, "alone");
        await Session.RunAsync(alone, search, (IObjective)data, stop: TestContext.Current.CancellationToken);

        var many = Session.Create(_scratch.Results, search, "many");
        var builder = Quiet();
        builder.AddHyperSearchCluster(new ClusterHostOptions($"{_listen}") { OwnWorkers = 0 });
        builder.Services.AddHyperSearch(new CampaignRequest(search, (IObjective)data, many));
        using var host = builder.Build();
        var running = host.RunAsync(Stop);
        for (var worker = 0; worker < 3; worker++)
        {
            using var process = Worker(new ClusterWorkerOptions($"{_listen}") { Slots = 2 }, objective: null);
            var service = process.Services.GetRequiredService<WorkerService>();
            await process.StartAsync(Stop);
            while (!service.Ending.IsCompleted && (worker > 1 || service.Done < 10)) // the first two leave soon
                await Task.Delay(1, Stop);
            await process.StopAsync(Stop);
            Assert.Equal(worker > 1 ? WorkerEnding.CampaignOver : WorkerEnding.ToldToLeave, await service.Ending);
        }

        await running;
        Assert.Equal(Session.Facts(alone), Session.Facts(many));
    }

    private async Task RunAsync(string name, int trials, bool isOpen)
    {
        using var host = Campaign(name, trials, isOpen, own: isOpen ? 0 : null);
        var campaign = host.Services.GetRequiredService<CampaignService>();
        await host.RunAsync(Stop);
        Assert.True((await campaign.Ending).Finished);
    }

    private IHost Campaign(string name, int trials, bool isOpen, int? own)
    {
        var builder = Quiet();
        if (isOpen)
            builder.AddHyperSearchCluster(new ClusterHostOptions($"{_listen}") { OwnWorkers = own });
        builder.Services.AddHyperSearch(
            Scenario.Of(new FullSchedule(), trials, 1) with { Slots = 4 }, FolderOf(name).Path, _ => new Slope(), stopsHost: true);
        return builder.Build();
    }

    private IHost Worker(ClusterWorkerOptions options, IObjective? objective)
    {
        var builder = Quiet();
        builder.AddHyperSearchWorker(
            options with { Work = Path.Combine(_scratch.Results, "work") }, objective is null ? null : _ => objective);
        return builder.Build();
    }

    private IHost Client()
    {
        var builder = Quiet();
        builder.UseOrleansClient(client => client.ConnectTo(_listen, secret: null));
        return builder.Build();
    }

    private static HostApplicationBuilder Quiet()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        return builder;
    }

    private CampaignFolder FolderOf(string name) => new(Path.Combine(_scratch.Results, name));

    private List<string> FactsOf(string name) => Session.Facts(FolderOf(name));

    /// <summary>A value that falls from epoch to epoch.</summary>
    private sealed class Slope : IObjective
    {
        public string? DataFingerprint { get; init; } = "same";

        public void Run(IJobContext job, CancellationToken stop)
        {
            for (var epoch = job.Job.FromEpochs + 1; epoch <= job.Job.ToEpochs; epoch++)
                job.Report(epoch, new Dictionary<string, double> { ["loss"] = job.Job.Point["x"].Number + (1.0 / epoch) });
        }
    }
}
