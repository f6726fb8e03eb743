using System.CommandLine;
using HyperSearch.Analysis;
using HyperSearch.Cli.Execution;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Cluster;
using HyperSearch.Hosting.Execution;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cli.Commands;

/// <summary><c>worker</c>: works for a campaign on another machine.</summary>
internal sealed class WorkerVerb : Verb
{
    private static readonly TimeSpan LongestDrain = TimeSpan.FromSeconds(9);
    private readonly Option<string> _connect = new("--connect")
    {
        HelpName = "HOST:PORT",
        Description = "Where the campaign listens: what its --listen said.",
        Required = true,
    };

    private readonly Option<int?> _slots =
        CheckedOption.WholeNumber("--slots", "N", "How many jobs to run at a time. Default: one per core.", 1, 1024);

    private readonly Option<string[]> _labels = new("--label")
    {
        HelpName = "NAME=VALUE",
        Description = "What this machine has, such as gpu=a100, for campaigns that need it; may be given several times.",
    };

    private readonly Option<string?> _secretFile = new("--secret-file")
    {
        HelpName = "FILE",
        Description = "A file with the campaign's secret. Default: HYPERSEARCH_SECRET.",
    };

    private readonly Option<string?> _work = new("--work")
    {
        HelpName = "DIR",
        Description = "The folder for data, checkpoints and logs of campaigns. Default: hypersearch in the folder for application data.",
    };

    private readonly Option<string?> _root = new("--root")
    {
        HelpName = "DIR",
        Description = "The folder that stands here for the search file's folder at the host, where trials are commands.",
    };

    private readonly Option<string?> _shared = new("--shared")
    {
        HelpName = "DIR",
        Description = "The folder that the host shares with its workers by its own --shared, as this machine sees it.",
    };

    private readonly Option<long?> _cache =
        CheckedOption.Bytes("--cache", "How much data to keep for later campaigns; what was not used for longest goes. Default: 20GB.");

    private readonly Option<TimeSpan?> _patience =
        CheckedOption.Duration("--patience", "How long to wait for a host that is away. Default: 10m.");

    private readonly Option<bool> _keep = new("--keep") { Description = "Wait for the next campaign, without end, when one is over." };

    private readonly Option<bool> _onlyTraining = new("--only-training")
    {
        Description = "Refuse campaigns whose trials are commands: a worker trusts its campaign as a shell would.",
    };

    /// <summary>Makes the verb.</summary>
    public WorkerVerb(Shell shell)
        : base(
            "worker", "Work for a campaign on another machine.", shell, "worker --connect gpu-host:7766",
            "worker --connect gpu-host:7766 --slots 8 --label gpu=a100 --keep")
    {
        Add(_connect);
        Add(_slots);
        Add(_labels);
        Add(_secretFile);
        Add(_work);
        Add(_root);
        Add(_shared);
        Add(_cache);
        Add(_patience);
        Add(_keep);
        Add(_onlyTraining);
    }

    /// <inheritdoc/>
    public override string Remark => "The secret comes from the environment or a file, because every user of a machine sees arguments.";

    /// <inheritdoc/>
    protected override async Task<int> RunAsync(ParseResult parse, CancellationToken stop)
    {
        using var interruption = new Interruption(
            () => Terminal.Note("Leaving; trials in hand write their checkpoints and go back. Ctrl-C again ends at once."));
        try
        {
            using var host = Build(Offer(parse), parse.GetValue(Shell.Verbose));
            var worker = host.Services.GetRequiredService<WorkerService>();
            var watch = new WorkerWatch(Terminal, worker, Shell.Time);
            await host.StartAsync(CancellationToken.None);
            var watching = watch.ShowAsync();
            await host.WaitForShutdownAsync(interruption.Token);
            var ending = await worker.Ending.WaitAsync(LongestDrain, Shell.Time, CancellationToken.None);
            await watching;
            return Tell(ending, worker);
        }
        catch (ClusterException refusal)
        {
            throw CommandException.Usage(refusal.Message, refusal);
        }
        catch (TimeoutException) when (interruption.Token.IsCancellationRequested)
        {
            Terminal.Note("A trial did not leave in time; another worker runs it again.");
            return ExitCode.Interrupted;
        }
    }

    private ClusterWorkerOptions Offer(ParseResult parse)
    {
        var defaults = new ClusterWorkerOptions(parse.GetRequiredValue(_connect));
        return defaults with
        {
            Secret = SecretFile.Given(parse.GetValue(_secretFile), Terminal),
            Slots = parse.GetValue(_slots) ?? defaults.Slots,
            Labels = [.. parse.GetValue(_labels) ?? []],
            Work = parse.GetValue(_work) is { } work ? Path.GetFullPath(work) : defaults.Work,
            Root = parse.GetValue(_root) is { } root ? Path.GetFullPath(root) : null,
            Shared = parse.GetValue(_shared) is { } shared ? Path.GetFullPath(shared) : null,
            CacheBytes = parse.GetValue(_cache) ?? defaults.CacheBytes,
            Patience = parse.GetValue(_patience) ?? defaults.Patience,
            Keep = parse.GetValue(_keep),
            OnlyTraining = parse.GetValue(_onlyTraining),
        };
    }

    private IHost Build(ClusterWorkerOptions options, bool verbose)
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        builder.Logging.SetMinimumLevel(LogLevel.Debug);
        builder.Logging.AddProvider(new TerminalLogger(Terminal, verbose));
        builder.Logging.AddFilter("Microsoft.Extensions.Hosting", LogLevel.None);
        builder.Services.AddSingleton(Shell.Time);
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = LongestDrain);
        builder.AddHyperSearchWorker(options);
        return builder.Build();
    }

    private int Tell(WorkerEnding ending, WorkerService worker)
    {
        var done = $"{Figures.Count(worker.Done, "job")} done here";
        switch (ending)
        {
            case WorkerEnding.CampaignOver:
                Terminal.Note($"The campaign is over; {done}.");
                return ExitCode.Done;
            case WorkerEnding.ToldToLeave:
                Terminal.Note($"Left; {done}.");
                return ExitCode.Interrupted;
            default:
                Terminal.Error($"{worker.Trouble ?? "The host was away for too long."} The worker gave up waiting; {done}.");
                return ExitCode.Interrupted;
        }
    }
}
