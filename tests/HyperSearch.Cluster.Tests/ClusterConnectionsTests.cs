using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using HyperSearch.Cluster.Execution;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Grains;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Cluster.Security;
using HyperSearch.Cluster.Tests.Files;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Orleans;
using Orleans.Runtime;
using Orleans.Runtime.Messaging;

namespace HyperSearch.Cluster.Tests;

/// <summary>One silo with a secret, one without, and clients that know the right, another or no secret.</summary>
public sealed class ClusterConnectionsTests(ClusterConnectionsTests.Silos silos) : IClassFixture<ClusterConnectionsTests.Silos>
{
    [Fact]
    public async Task RightSecret_IsLetIn()
    {
        using var client = await ConnectAsync(silos.Secret, silos.Encrypted);
        Assert.NotNull(client);
        await client.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task LetIn_SendsAndFetchesFiles()
    {
        using var client = await ConnectAsync(silos.Secret, silos.Encrypted);
        using var folder = new TestFolder().Write("here/one", (20 << 20) + 1).Write("here/two", 0);
        var stop = TestContext.Current.CancellationToken;
        var files = new HostFiles(client!.Services.GetRequiredService<IClusterClient>().GetGrain<IFilesGrain>("x"), TimeProvider.System);
        Assert.True(await files.UploadAsync(1, 11, new OutgoingCheckpoint(folder["here"]), stop));
        await files.DownloadAsync(7, 0, folder["back"], stop);
        Assert.Equal(TestFolder.Content(folder["here"]), TestFolder.Content(folder["back"]));
        Assert.False(await files.UploadAsync(2, 22, new OutgoingCheckpoint(folder["here"]), stop));

        File.CreateSymbolicLink(Path.Combine(silos.Campaign.CheckpointFolder(8), "link"), "/etc/passwd");
        var refusal = await Assert.ThrowsAsync<ClusterException>(() => files.DownloadAsync(8, 0, folder["back"], stop));
        Assert.Contains("is a link", refusal.Message, StringComparison.Ordinal); // the host's own sentence crosses the wire
        await client.StopAsync(stop);
    }

    /// <summary>Orleans sends no exception of the store's type; the worker hears its sentence all the same, and no stack trace is
    /// logged.</summary>
    [Fact]
    public async Task LetIn_HearsWhatIsWrongWithTheHostsFolder()
    {
        using var client = await ConnectAsync(null, silos.Plain);
        var files = client!.Services.GetRequiredService<IClusterClient>().GetGrain<IFilesGrain>("x");
        var fault = await Assert.ThrowsAsync<IOException>(() => files.BeginUpload(Silos.Gone, 1, new Manifest([]), isOver: false));
        Assert.Equal("The campaign's folder was removed.", fault.Message);
        await client.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task LetIn_MayNotManageTheSilo()
    {
        using var client = await ConnectAsync(null, silos.Plain);
        var management = client!.Services.GetRequiredService<IClusterClient>().GetGrain<IManagementGrain>(0);
        var refusal = await Assert.ThrowsAsync<UnauthorizedAccessException>(
            () => management.GetTotalActivationCount(TestContext.Current.CancellationToken));
        Assert.Contains("Workers may not call", refusal.Message, StringComparison.Ordinal);
        await client.StopAsync(TestContext.Current.CancellationToken);
    }

    [Fact(Timeout = 60_000)]
    public async Task WrongSecret_IsExplainedAtBothEnds()
    {
        Assert.Null(await ConnectAsync(ClusterSecret.New(), silos.Encrypted, trouble => Assert.Equal(
            $"{silos.Encrypted} is reachable, but has another secret than this worker: is it the one that this campaign printed?",
            trouble)));
        while (silos.Logged.IsEmpty) // the host's end closes a moment later, and tells of each address once a minute
            await Task.Delay(5, TestContext.Current.CancellationToken);
        Assert.Equal(["A worker at 127.0.0.1 has another secret, or none, and was not let in"], silos.Logged.Distinct());
    }

    [Fact]
    public async Task NoSecret_IsExplained() => Assert.Null(await ConnectAsync(null, silos.Encrypted, trouble =>
        Assert.Equal(Closed(silos.Encrypted), trouble)));

    [Fact]
    public async Task SecretWhereNoneIsAsked_IsExplained() => Assert.Null(await ConnectAsync(silos.Secret, silos.Plain, trouble =>
        Assert.Equal(Closed(silos.Plain), trouble)));

    [Fact]
    public async Task NobodyThere_IsExplained() => Assert.Null(await ConnectAsync(
        silos.Secret, new HostAddress("127.0.0.1", FreePort()),
        trouble => Assert.Contains("cannot be reached", trouble, StringComparison.Ordinal)));

    [Fact(Timeout = 60_000)]
    public async Task PendingCall_EndsWithItsConnection()
    {
        using var tunnel = new Tunnel(silos.Plain);
        using var client = await ConnectAsync(null, tunnel.Address);
        var campaign = client!.Services.GetRequiredService<IClusterClient>().GetGrain<ICampaignGrain>("x");
        var report = new Report("w", 1, 1, 1, [], [], IsDraining: false, TimeSpan.FromSeconds(3));
        var calls = silos.Door.Calls;
        var pending = campaign.Exchange(report);
        while (silos.Door.Calls == calls)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        tunnel.Cut();
        await Assert.ThrowsAsync<ConnectionFailedException>(() => pending); // not after the half minute that Orleans waits for an answer
        _ = campaign.Exchange(report);
        while (silos.Door.Calls == calls + 1)
            await Task.Delay(5, TestContext.Current.CancellationToken);
        await client.StopAsync(TestContext.Current.CancellationToken);
    }

    private static string Closed(HostAddress host) =>
        $"{host} is reachable, but closes the connection: does a campaign listen there, and is the secret right?";

    private static async Task<IHost?> ConnectAsync(ClusterSecret? secret, HostAddress host, Action<string?>? explain = null)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.UseOrleansClient(client => client.ConnectTo(host, secret));
        var worker = builder.Build();
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromSeconds(20));
        var starting = worker.StartAsync(patience.Token);
        var reachability = worker.Services.GetRequiredService<Reachability>();
        while (!starting.IsCompleted && (explain is null || reachability.Trouble is null))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        if (starting.IsCompletedSuccessfully)
            return worker;
        await patience.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);
        explain?.Invoke(reachability.Trouble);
        worker.Dispose();
        return null;
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    public sealed class Silos : IAsyncLifetime
    {
        /// <summary>A job of a campaign whose folder was removed.</summary>
        public const int Gone = 3;

        private readonly List<IHost> _hosts = [];
        private readonly TestFolder _folder = new();

        internal SilentDoor Door { get; } = new();

        internal CampaignFolder Campaign => new(_folder.Path);

        public ConcurrentQueue<string> Logged { get; } = [];

        internal ClusterSecret Secret { get; } = ClusterSecret.New();

        internal HostAddress Encrypted { get; } = new("127.0.0.1", FreePort());

        internal HostAddress Plain { get; } = new("127.0.0.1", FreePort());

        public async ValueTask InitializeAsync()
        {
            Directory.CreateDirectory(Campaign.CheckpointFolder(8));
            foreach (var (address, secret) in new[] { (Encrypted, Secret), (Plain, null) })
            {
                var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
                builder.Logging.AddProvider(new Provider(Logged));
                var files = new SessionFiles();
                files.Open(new FilesDoor(null!, new CheckpointDoor(Campaign, (job, _, act) =>
                {
                    if (job == Gone)
                        throw new StoreException("The campaign's folder was removed.");
                    if (job != 1)
                        return JobStanding.Closed;
                    act(new Job(job, 7, new Point([]), new Origin(OriginKind.Global), 0, 1, null, 1));
                    return JobStanding.Open;
                }), null!));
                builder.Services.AddSingleton(files);
                var door = new CampaignDoor();
                door.Open(Door);
                builder.Services.AddSingleton(door);
                builder.UseOrleans(silo => silo.ListenAt(address, secret));
                _hosts.Add(builder.Build());
                await _hosts[^1].StartAsync();
            }
        }

        public async ValueTask DisposeAsync()
        {
            Door.Close();
            foreach (var host in _hosts)
            {
                await host.StopAsync();
                host.Dispose();
            }

            _folder.Dispose();
        }

        /// <summary>A session that does not answer while the tests run.</summary>
        internal sealed class SilentDoor : ICampaignDoor
        {
            private readonly TaskCompletionSource<Reply> _never = new();
            private int _calls;

            public void Close() => _never.TrySetCanceled();

            public int Calls => Volatile.Read(ref _calls);

            public Task<Welcome> JoinAsync(Hello hello) => throw new NotSupportedException();

            public Task<Reply> ExchangeAsync(Report report)
            {
                Interlocked.Increment(ref _calls);
                return _never.Task;
            }
        }

        private sealed class Provider(ConcurrentQueue<string> logged) : ILoggerProvider, ILogger
        {
            private bool _isOurs;

            public ILogger CreateLogger(string categoryName) =>
                new Provider(logged) { _isOurs = categoryName.StartsWith("HyperSearch.", StringComparison.Ordinal) };

            public IDisposable? BeginScope<TState>(TState state)
                where TState : notnull => null;

            public bool IsEnabled(LogLevel logLevel) => _isOurs;

            public void Log<TState>(
                LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
                logged.Enqueue(formatter(state, exception));

            public void Dispose()
            {
            }
        }
    }
}
