using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HyperSearch.Cluster;
using HyperSearch.Cluster.Security;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Benchmarks.Cluster;

/// <summary>
/// Campaigns on worker processes beside the same campaigns on threads, in one run: the rate of trials that sleep, what a job of nothing
/// costs the host, what TLS adds, and how long joining takes.
/// </summary>
internal static class ClusterBenchmark
{
    private const double Sleep = 0.1; // seconds

    public static int Run(string[] arguments)
    {
        var rounds = Arguments.Of(arguments).Number("rounds", 3);
        Console.WriteLine($"{Environment.ProcessorCount} cores for the host and all workers; medians of {rounds} rounds, taken in turn.");
        Console.WriteLine();
        Console.WriteLine("Trials that sleep 100 ms, slots = 4 x workers: trials a second between the first and the last tenth");
        Console.WriteLine("workers  processes  threads  cluster  cluster/threads");
        foreach (var (workers, processes) in ((int, int)[])[(16, 2), (64, 4)])
        {
            var (threads, cluster) = (new List<double>(), new List<double>());
            for (var round = 0; round < rounds; round++)
            {
                threads.Add(Measure(Search(workers * 60, 4 * workers), Sleep, workers, processes: 0, secret: null).Rate);
                cluster.Add(Measure(Search(workers * 60, 4 * workers), Sleep, workers, processes, secret: null).Rate);
            }

            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{workers,7}  {processes,9}  {Median(threads),7:F1}  {Median(cluster),7:F1}  {Median(cluster) / Median(threads),14:P1}"));
        }

        Console.WriteLine();
        Console.WriteLine("Jobs of nothing, 64 slots: 20,000 of them on one process of 2 workers");
        Console.WriteLine("              jobs/s  host CPU ms a job  joined after s");
        var kinds = new (string Name, int Processes, ClusterSecret? Secret)[]
        {
            ("threads", 0, null), ("cluster", 1, null), ("cluster, TLS", 1, ClusterSecret.New()),
        };
        var measured = kinds.Select(_ => new List<Figures>()).ToArray();
        for (var round = 0; round < rounds; round++)
        {
            for (var kind = 0; kind < kinds.Length; kind++)
                measured[kind].Add(Measure(Search(20_000, 64), 0, 2, kinds[kind].Processes, kinds[kind].Secret));
        }

        for (var kind = 0; kind < kinds.Length; kind++)
        {
            var joined = kinds[kind].Processes == 0
                ? ""
                : Median(measured[kind].Select(figure => figure.Joined)).ToString("F1", CultureInfo.InvariantCulture);
            Console.WriteLine(string.Create(
                CultureInfo.InvariantCulture,
                $"{kinds[kind].Name,-12}  {Median(measured[kind].Select(figure => figure.Rate)),6:F0}  "
                    + $"{Median(measured[kind].Select(figure => figure.Cpu)),17:F3}  {joined,14}"));
        }

        return 0;
    }

    /// <summary>A worker process of this benchmark.</summary>
    public static int Work(string[] arguments)
    {
        var builder = Quiet();
        var options = new ClusterWorkerOptions(arguments[0])
        {
            Slots = int.Parse(arguments[1], CultureInfo.InvariantCulture),
            Work = arguments[3],
            Secret = ClusterSecret.FromFileOrEnvironment(null, Environment.GetEnvironmentVariable),
        };
        var seconds = double.Parse(arguments[2], CultureInfo.InvariantCulture);
        builder.AddHyperSearchWorker(options, _ => new Sleeper(seconds));
        using var host = builder.Build();
        host.Run();
        return 0;
    }

    private static Figures Measure(Search search, double seconds, int workers, int processes, ClusterSecret? secret)
    {
        var folder = Directory.CreateTempSubdirectory("hypersearch-cluster-").FullName;
        var builder = Quiet();
        var watch = new Watch(search.Trials);
        builder.Services.AddSingleton<ICampaignObserver>(watch);
        var port = FreePort();
        if (processes > 0)
        {
            builder.AddHyperSearchCluster(new ClusterHostOptions(FormattableString.Invariant($"127.0.0.1:{port}"))
            {
                Secret = secret,
                OwnWorkers = 0,
            });
        }

        builder.Services.AddHyperSearch(
            search with { Workers = workers }, Path.Combine(folder, "c"), _ => new Sleeper(seconds), stopsHost: true);
        using var host = builder.Build();
        var started = Enumerable.Range(0, processes)
            .Select(number => StartWorker(port, workers / processes, seconds, Path.Combine(folder, $"w{number}"), secret)).ToList();
        var begun = Stopwatch.GetTimestamp();
        host.Run();
        var figures = new Figures(watch.Rate, watch.CpuOfAJob, watch.First(begun));
        foreach (var process in started)
        {
            process.WaitForExit(5000);
            process.Dispose();
        }

        Directory.Delete(folder, recursive: true);
        return figures;
    }

    private static Process StartWorker(int port, int slots, double seconds, string work, ClusterSecret? secret)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!);
        string[] words =
        [
            "cluster-worker", $"127.0.0.1:{port}", $"{slots}", seconds.ToString(CultureInfo.InvariantCulture), work,
        ];
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
            start.ArgumentList.Add(Environment.GetCommandLineArgs()[0]);
        foreach (var word in words)
            start.ArgumentList.Add(word);
        start.Environment[ClusterSecret.Variable] = secret?.Reveal() ?? "";
        return Process.Start(start)!;
    }

    private static Search Search(int trials, int slots) => new()
    {
        Name = "cluster",
        Objective = new DelegateDefinition(),
        Metric = "loss",
        Space = new Space([new Parameter("x", new UniformScale(0, 1))]),
        Sampler = new RandomSampler(),
        Trials = trials,
        Slots = slots,
    };

    /// <summary>A host that logs nothing.</summary>
    internal static HostApplicationBuilder Quiet()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Logging.ClearProviders();
        return builder;
    }

    /// <summary>A port of this machine that is free now.</summary>
    internal static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }

    private sealed record Figures(double Rate, double Cpu, double Joined);

    /// <summary>Sleeps, and says that it did.</summary>
    private sealed class Sleeper(double seconds) : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop)
        {
            if (seconds > 0)
                stop.WaitHandle.WaitOne(TimeSpan.FromSeconds(seconds));
            job.Report(1, new Dictionary<string, double> { ["loss"] = job.Job.Point["x"].Number });
        }
    }

    /// <summary>Notes the time and the CPU time of this process at the first and the last tenth of the trials.</summary>
    private sealed class Watch(int trials) : ICampaignObserver
    {
        private (long At, TimeSpan Cpu, int Trials) _from;
        private (long At, TimeSpan Cpu, int Trials) _to;
        private long _first;

        public double Rate => (_to.Trials - _from.Trials) / Stopwatch.GetElapsedTime(_from.At, _to.At).TotalSeconds;

        public double CpuOfAJob => (_to.Cpu - _from.Cpu).TotalMilliseconds / (_to.Trials - _from.Trials);

        public double First(long begun) => Stopwatch.GetElapsedTime(begun, _first).TotalSeconds;

        public void OnStarted(CampaignProgress progress)
        {
        }

        public void OnOutcome(Outcome outcome, CampaignProgress progress)
        {
            if (_first == 0)
                _first = Stopwatch.GetTimestamp();
            if (_from.At == 0 && progress.Trials >= trials / 10)
                _from = Moment(progress);
            else if (_to.At == 0 && progress.Trials >= trials * 9 / 10)
                _to = Moment(progress);
        }

        public void OnEnded(CampaignEnding ending)
        {
        }

        private static (long At, TimeSpan Cpu, int Trials) Moment(CampaignProgress progress) =>
            (Stopwatch.GetTimestamp(), Process.GetCurrentProcess().TotalProcessorTime, progress.Trials);
    }
}
