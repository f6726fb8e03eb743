using HyperSearch.Cluster.Execution;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Grains;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Cluster.Security;
using HyperSearch.Cluster.Tests.Processes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Cluster.Tests.Execution;

/// <summary>A host on a port of this machine that says whatever a test has it say; workers cannot tell it from a real one.</summary>
internal sealed class ScriptedHost : ICampaignDoor, IAsyncDisposable
{
    private readonly IHost _silo;
    private readonly SessionFiles _session = new();
    private readonly HostAddress _address = new("127.0.0.1", ClusterWorkplace.FreePort());
    private int _joins;

    private ScriptedHost()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        var door = new CampaignDoor();
        door.Open(this);
        builder.Services.AddSingleton(door).AddSingleton(_session);
        builder.UseOrleans(silo => silo.ListenAt(_address, secret: null));
        _silo = builder.Build();
    }

    /// <summary>Answers the joining of a number, from 0.</summary>
    public Func<int, Welcome> OnJoin { get; set; } = static _ => Welcome.Later(WelcomeKind.NotYet);

    /// <summary>Answers a worker that joins by what it says; <c>null</c> where the number of its joining decides.</summary>
    public Func<Hello, Welcome>? OnHello { get; set; }

    /// <summary>Answers a report.</summary>
    public Func<Report, Task<Reply>> OnReport { get; set; } = static _ => Task.FromResult(Reply.ToStranger(""));

    /// <summary>Gives files from now on; before, the host is as one that has just come back.</summary>
    public void Open(FilesDoor files) => _session.Open(files);

    public static async Task<ScriptedHost> StartAsync()
    {
        var host = new ScriptedHost();
        await host._silo.StartAsync(TestContext.Current.CancellationToken);
        return host;
    }

    /// <summary>A welcome to a campaign of commands that run in a folder of this machine, or of anything else.</summary>
    public static Welcome WelcomeTo(string objective, string folder = "/", string identity = "1") => new(
        WelcomeKind.Joined, "", "scripted", identity,
        $"name: scripted\nobjective: {objective}\n"
            + $"minimize: {(objective.Contains("train:", StringComparison.Ordinal) ? "dev_error" : "loss")}\n"
            + "space: {learning_rate: {log: [0.1, 1]}}\nmethod: {trials: 3}\n",
        folder, null, 0, TimeSpan.FromSeconds(0.2), [], null, null, []);

    /// <summary>A worker of this host.</summary>
    public ClusterWorker Worker(string work, Func<ClusterWorkerOptions, ClusterWorkerOptions>? change = null)
    {
        var options = new ClusterWorkerOptions(_address.ToString()) { Work = work, Slots = 1 };
        return new ClusterWorker(change?.Invoke(options) ?? options, objective: null, TimeProvider.System, NullLoggerFactory.Instance);
    }

    public Task<Welcome> JoinAsync(Hello hello) => Task.FromResult(OnHello?.Invoke(hello) ?? OnJoin(_joins++));

    public Task<Reply> ExchangeAsync(Report report) => OnReport(report);

    public async ValueTask DisposeAsync()
    {
        await _silo.StopAsync();
        _silo.Dispose();
    }
}
