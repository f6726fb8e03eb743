using System.Diagnostics;
using System.Globalization;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Spaces;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Benchmarks.Scale;

/// <summary>A whole campaign of a trivial objective: planner, workers, store, all durable.</summary>
internal static class CampaignScale
{
    /// <summary>Runs a campaign of a trivial objective and tells what a trial costs at the start and at the end, and how soon a cold
    /// process shows the ten best.</summary>
    /// <param name="folder">The campaign's folder; it must not exist.</param>
    /// <param name="sampler">What proposes points.</param>
    /// <param name="trials">How many trials.</param>
    /// <param name="workers">How many workers; the campaign has 16 slots, or twice as many as workers.</param>
    public static async Task RunAsync(string folder, string sampler, int trials, int workers = 2)
    {
        var campaign = ScaleCampaign.Create(folder, sampler, trials, Math.Max(16, 2 * workers));
        await RunAsync(campaign, new Sphere(), workers);
        for (var look = 0; look < 3; look++)
            RankFromACold(folder);
    }

    /// <summary>Runs any campaign and tells what a trial costs at the start and at the end.</summary>
    public static async Task RunAsync(ScaleCampaign campaign, IObjective objective, int workers = 2)
    {
        var pace = new Pace(campaign.Search.Trials);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<ICampaignObserver>(pace);
        builder.Services.AddHyperSearch(new CampaignRequest(campaign.Search, objective, campaign.Folder) { Workers = workers });
        using var host = builder.Build();
        var service = host.Services.GetRequiredService<CampaignService>();
        await host.RunAsync();
        Console.WriteLine($"{campaign.Search.Name}: {(await service.Ending).Reason}");
        pace.Report();
    }

    private static void RankFromACold(string folder)
    {
        var clock = Stopwatch.StartNew();
        using var process =
            Process.Start(new ProcessStartInfo("dotnet",
                [Path.Combine(AppContext.BaseDirectory, "HyperSearch.Cli.dll"), "rank", folder, "--top", "10"])
            {
                RedirectStandardOutput =
                    true
            })!;
        var lines = process.StandardOutput.ReadToEnd().Split('\n').Length;
        process.WaitForExit();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"rank --top 10 from a cold process: {clock.Elapsed.TotalSeconds:F3} s, exit code {process.ExitCode}, {lines} lines"));
    }

    /// <summary>The trivial objective.</summary>
    private sealed class Sphere : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop) =>
            job.Report(1, new Dictionary<string, double> { ["loss"] = ScaleCampaign.Loss(job.Job.Point) });

        public double WorkPerEpoch(Point point) => 1;
    }

    /// <summary>Takes the time at every twentieth part.</summary>
    private sealed class Pace(int trials) : ICampaignObserver
    {
        private readonly Stopwatch _clock = new();
        private readonly List<(TimeSpan Wall, TimeSpan Processor)> _marks = [];
        private int _ended;

        public void OnStarted(CampaignProgress progress)
        {
            _clock.Start();
            Mark();
        }

        public void OnOutcome(Outcome outcome, CampaignProgress progress)
        {
            if (++_ended % (trials / 20) == 0)
                Mark();
        }

        public void OnEnded(CampaignEnding ending) => _clock.Stop();

        public void Report() => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{_clock.Elapsed.TotalSeconds:F1} s in all, {_marks[^1].Processor.TotalSeconds - _marks[0].Processor.TotalSeconds:F1} s of " +
            $"processor time; a trial at the start, "
            + $"in the middle and at the end: {Cost(2):F3}, {Cost(11):F3}, {Cost(20):F3} ms of wall time and {Work(2):F3}, {Work(11):F3}, "
            + $"{Work(20):F3} ms of processor time; "
            + $"peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));

        private void Mark() => _marks.Add((_clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime));

        private double Cost(int mark) => (_marks[mark].Wall - _marks[mark - 1].Wall).TotalMilliseconds / (trials / 20);

        private double Work(int mark) => (_marks[mark].Processor - _marks[mark - 1].Processor).TotalMilliseconds / (trials / 20);
    }
}
