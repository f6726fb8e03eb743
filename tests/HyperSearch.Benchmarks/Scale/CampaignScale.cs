using System.Diagnostics;
using System.Globalization;
using HyperSearch.Campaigns;
using HyperSearch.Hosting;
using HyperSearch.Objectives;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Stores;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Benchmarks.Scale;

/// <summary>A whole campaign of a trivial objective: planner, workers, store, all durable.</summary>
internal static class CampaignScale
{
    private static readonly string[] Names = ["a", "b", "c", "d", "e", "f", "g"];

    /// <summary>Runs a campaign of a trivial objective and tells what a trial costs at the start and at the end.</summary>
    /// <param name="folder">The campaign's folder; it must not exist.</param>
    /// <param name="sampler">What proposes points.</param>
    /// <param name="trials">How many trials.</param>
    public static Task RunAsync(string folder, ISampler sampler, int trials) => RunAsync(
        folder,
        new Search
        {
            Name = "scale",
            Objective = new DelegateDefinition(),
            Metric = "loss",
            Space = new Space([.. Names.Select(name => new Parameter(name, new UniformScale(0, 1)))]),
            Sampler = sampler,
            Trials = trials,
            Slots = 16,
        },
        new Sphere());

    /// <summary>Runs a campaign.</summary>
    /// <returns>Trials a second.</returns>
    public static async Task<double> RunAsync(string folder, Search search, IObjective objective)
    {
        var campaign = CampaignFolder.Create(folder, "", new CampaignCreated(TimeProvider.System.GetUtcNow(), "/", "/", 1, null));
        var pace = new Pace(search.Trials);
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<ICampaignObserver>(pace);
        builder.Services.AddHyperSearch(new CampaignRequest(search, objective, campaign) { Workers = 2 });
        using var host = builder.Build();
        var service = host.Services.GetRequiredService<CampaignService>();
        await host.RunAsync();
        Console.WriteLine($"{search.Sampler.GetType().Name}: {(await service.Ending).Reason}");
        pace.Report();
        return search.Trials / pace.Elapsed.TotalSeconds;
    }

    /// <summary>The sum of squared distances to 0.3.</summary>
    private sealed class Sphere : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop) =>
            job.Report(1, new Dictionary<string, double> { ["loss"] = job.Job.Point.Values.Sum(value => Math.Pow(value.Number - 0.3, 2)) });

        public double WorkPerEpoch(Point point) => 1;
    }

    /// <summary>Takes the time at every twentieth part.</summary>
    private sealed class Pace(int trials) : ICampaignObserver
    {
        private readonly Stopwatch _clock = new();
        private readonly List<(TimeSpan Wall, TimeSpan Processor)> _marks = [];
        private int _ended;

        public TimeSpan Elapsed => _clock.Elapsed;

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
            $"{_clock.Elapsed.TotalSeconds:F1} s in all, {_marks[^1].Processor.TotalSeconds - _marks[0].Processor.TotalSeconds:F1} s of processor time; a trial at the start, "
            + $"in the middle and at the end: {Cost(2):F3}, {Cost(11):F3}, {Cost(20):F3} ms of wall time and {Work(2):F3}, {Work(11):F3}, {Work(20):F3} ms of processor time; "
            + $"peak {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));

        private void Mark() => _marks.Add((_clock.Elapsed, Process.GetCurrentProcess().TotalProcessorTime));

        private double Cost(int mark) => (_marks[mark].Wall - _marks[mark - 1].Wall).TotalMilliseconds / (trials / 20);

        private double Work(int mark) => (_marks[mark].Processor - _marks[mark - 1].Processor).TotalMilliseconds / (trials / 20);
    }
}
