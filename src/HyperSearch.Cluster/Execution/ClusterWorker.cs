using System.Collections.Immutable;
using HyperSearch.Cluster.Files;
using HyperSearch.Cluster.Grains;
using HyperSearch.Cluster.Joining;
using HyperSearch.Cluster.Leases;
using HyperSearch.Cluster.Security;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster.Execution;

/// <summary>A worker process: it finds its host, joins, works until the campaign is over, and perhaps waits for the next one.</summary>
internal sealed partial class ClusterWorker(
    ClusterWorkerOptions options, Func<IObjective>? objective, TimeProvider time, ILoggerFactory loggers)
{
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2); // the host is told why, where it still listens
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(0.5); // between two attempts to join

    private readonly ILogger _logger = loggers.CreateLogger<ClusterWorker>();
    private volatile Assignment? _assignment;
    private volatile Reachability? _reachability;
    private volatile string? _trouble;
    private volatile string? _refusal;
    private volatile string _session = ""; // the host's, as it last said
    private string _declined = "";
    private string? _fault;
    private int _doneBefore;

    /// <summary>The campaign that it works for; <c>null</c> while it waits for one.</summary>
    public string? Campaign => _assignment?.Campaign;

    /// <summary>The number of its first worker in the campaign.</summary>
    public int First => _assignment?.First ?? 0;

    /// <summary>The jobs in hand.</summary>
    public ImmutableArray<JobInFlight> InFlight => [.. _assignment?.Workers.InFlight ?? []];

    /// <summary>How many jobs were run to their outcome.</summary>
    public int Done => _doneBefore + (_assignment?.Workers.Done ?? 0);

    /// <summary>What stands between the worker and its campaign, in a sentence; <c>null</c> when nothing does.</summary>
    public string? Trouble => _trouble is null ? null : _reachability?.Trouble ?? _trouble;

    /// <summary>How long it waits for a campaign to begin; one that stays waits for ever.</summary>
    private TimeSpan LongestWait => options.Keep ? Timeout.InfiniteTimeSpan : options.Patience;

    /// <summary>Works until the campaign is over, or the process is told to leave.</summary>
    /// <param name="leave">Cancelled when the process is to leave.</param>
    /// <exception cref="ClusterException">The worker was refused; the message says why and what to do.</exception>
    public async Task<WorkerEnding> RunAsync(CancellationToken leave)
    {
        JobsFolder.Check(options.Work);
        CheckFolder("--root", options.Root);
        CheckFolder("--shared", options.Shared);
        using var client = await ConnectAsync(leave);
        if (client is null)
            return leave.IsCancellationRequested ? WorkerEnding.ToldToLeave : WorkerEnding.HostLost;
        var grains = client.Services.GetRequiredService<IClusterClient>();
        var door = new GrainDoor(grains, _reachability!);
        var files = new HostFiles(grains.GetGrain<IFilesGrain>("campaign"), time);
        try
        {
            while (true)
            {
                try
                {
                    if (await ServeAsync(door, files, leave) is { } ending)
                        return ending;
                }
                catch (ClusterException refusal) when (options.Keep && _session.Length > 0)
                {
                    Log.Declined(_logger, refusal.Message);
                    _declined = _session;
                }
            }
        }
        catch (OperationCanceledException) when (leave.IsCancellationRequested)
        {
            return WorkerEnding.ToldToLeave; // before it had begun to work
        }
        finally
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(1), time);
            await client.StopAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    /// <summary>Looks at once whether a folder is there, so that a misspelt one is not found out when the first campaign begins.</summary>
    private static void CheckFolder(string option, string? folder)
    {
        if (folder is not null && !Directory.Exists(folder))
            throw new ClusterException($"{option} {folder}: there is no such folder on this machine.");
    }

    /// <summary>Works for one campaign.</summary>
    /// <returns>How the process ends; <c>null</c> when there may be another campaign.</returns>
    /// <exception cref="ClusterException">The campaign does not take it.</exception>
    private async Task<WorkerEnding?> ServeAsync(GrainDoor door, HostFiles files, CancellationToken leave)
    {
        var hello = Protocol.Introduce(options.Slots, options.Labels, !options.OnlyTraining) with { Declined = _declined };
        var (welcome, ending) = await JoinAsync(door, hello, leave);
        if (welcome is null)
            return ending;
        return await WorkAsync(door, files, hello, welcome, leave) switch
        {
            LeaseEnding.Left => WorkerEnding.ToldToLeave,
            LeaseEnding.HostLost when !options.Keep => WorkerEnding.HostLost,
            LeaseEnding.Refused => throw new ClusterException(_refusal!),
            LeaseEnding.Unfit => throw new ClusterException(
                $"Trials cannot be run here any more, and the jobs in hand went back. {_fault}"),
            LeaseEnding.Over when !options.Keep => WorkerEnding.CampaignOver,
            _ => null,
        };
    }

    /// <summary>Works for a campaign until it is over for this process.</summary>
    private async Task<LeaseEnding> WorkAsync(
        GrainDoor door, HostFiles files, Hello hello, Welcome welcome, CancellationToken leave)
    {
        using var preparing = CancellationTokenSource.CreateLinkedTokenSource(leave);
        var staying = StayAsync(door, hello, welcome, preparing);
        Assignment? assignment = null;
        try
        {
            assignment = await Assignment.PrepareAsync(
                options, objective, files, hello, welcome, report => SpeakAsync(door, hello, welcome, report), time, _logger,
                preparing.Token);
        }
        catch (OperationCanceledException) when (preparing.IsCancellationRequested && !leave.IsCancellationRequested)
        {
            return (await staying)!.Value;
        }
        catch (Exception failure) when (!leave.IsCancellationRequested)
        {
            await preparing.CancelAsync();
            await staying; // else it would join again after it has left
            await TellLeavingAsync(door, hello, failure.Message, leave);
            throw;
        }
        finally
        {
            await preparing.CancelAsync();
            await staying;
        }

        using var owned = assignment;
        _assignment = assignment;
        try
        {
            Log.Joined(_logger, welcome.Campaign, welcome.First, welcome.First + options.Slots - 1);
            var ending = await assignment.Workers.RunAsync(leave);
            _fault = assignment.Workers.Fault;
            return ending;
        }
        finally
        {
            _doneBefore = Done;
            _assignment = null;
        }
    }

    /// <summary>Tells the host why a process that has joined cannot work for it.</summary>
    private async Task TellLeavingAsync(GrainDoor door, Hello hello, string reason, CancellationToken leave)
    {
        Task telling = door.ExchangeAsync(Report.OfLeaving(hello.Worker, options.Slots, reason));
        await telling.WaitAsync(Farewell, time, leave).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    /// <summary>Sends a report. A host that has begun anew does not know this worker, which then joins again and goes on with what it
    /// holds.</summary>
    private async Task<Reply> SpeakAsync(GrainDoor door, Hello hello, Welcome first, Report report)
    {
        try
        {
            var reply = await door.ExchangeAsync(report);
            if (reply.JoinFirst)
                await JoinAgainAsync(door, hello, first);
            _trouble = null;
            return reply;
        }
        catch (Exception failure)
        {
            _trouble = $"The host does not answer: {failure.Message}";
            throw;
        }
    }

    /// <summary>Connects to the host, however long that takes.</summary>
    /// <returns>The client; <c>null</c> when the process was told to leave first, or has no patience left.</returns>
    /// <exception cref="ClusterException">The host has another secret.</exception>
    private async Task<IHost?> ConnectAsync(CancellationToken leave)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.UseOrleansClient(client => client.ConnectTo(HostAddress.Parse(options.Connect), options.Secret));
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        var host = builder.Build();
        var reachability = _reachability = host.Services.GetRequiredService<Reachability>();
        _trouble = $"{options.Connect} does not answer yet.";
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(leave, patience.Token);
        try
        {
            var starting = host.StartAsync(either.Token);
            if (await Task.WhenAny(starting, reachability.OtherSecret) != starting)
                await either.CancelAsync();
            await starting;
            return host;
        }
        catch (Exception) when (either.IsCancellationRequested)
        {
            host.Dispose();
            return reachability.OtherSecret.IsCompleted ? throw new ClusterException(reachability.Trouble!) : null;
        }
    }

    /// <summary>The host's door, seen through the cluster.</summary>
    private sealed class GrainDoor(IGrainFactory grains, Reachability reachability) : ICampaignDoor
    {
        private readonly ICampaignGrain _campaign = grains.GetGrain<ICampaignGrain>("campaign");

        public async Task<Welcome> JoinAsync(Hello hello)
        {
            var welcome = await _campaign.Join(hello);
            reachability.Answered();
            return welcome;
        }

        public async Task<Reply> ExchangeAsync(Report report)
        {
            var reply = await _campaign.Exchange(report);
            reachability.Answered();
            return reply;
        }
    }
}
