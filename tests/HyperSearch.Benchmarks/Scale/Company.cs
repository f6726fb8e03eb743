using System.Diagnostics;
using System.Globalization;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Benchmarks.Scale;

/// <summary>What four readers in a loop, each look a process of the real command, cost a campaign of fast trials: a minute with them stands
/// between half minutes without.</summary>
internal sealed class Company : ICampaignObserver
{
    private static readonly TimeSpan Beside = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan Alone = TimeSpan.FromSeconds(30);
    private static readonly string[][] Looks =
        [["status", "--json"], ["rank", "--top", "10", "--json"], ["show", "0", "--json"], ["rank", "--top", "50"]];

    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<(TimeSpan At, int Trials)> _history = [];
    private volatile int _trials;

    /// <inheritdoc/>
    public void OnStarted(CampaignProgress progress)
    {
    }

    /// <inheritdoc/>
    public void OnOutcome(Outcome outcome, CampaignProgress progress) => _trials = progress.Trials;

    /// <inheritdoc/>
    public void OnEnded(CampaignEnding ending)
    {
    }

    /// <summary>Measures.</summary>
    /// <param name="folder">The campaign's folder; it must not exist.</param>
    /// <param name="busy">Whether a trial computes for its four milliseconds and so fills both cores, or waits for them.</param>
    public async Task RunAsync(string folder, bool busy)
    {
        var campaign = ScaleCampaign.Create(folder, "random", 10_000_000);
        using var host = Host(campaign, busy);
        await host.StartAsync();
        await Task.Delay(TimeSpan.FromSeconds(5));
        var before = await RateAsync(Alone);
        var onlookers = Looks.Select(look => new Onlooker(campaign.Folder, look, this)).ToList();
        onlookers.ForEach(onlooker => onlooker.Begin());
        var beside = await RateAsync(Beside);
        await Task.WhenAll(onlookers.Select(onlooker => onlooker.EndAsync()));
        var after = await RateAsync(Alone);
        await host.StopAsync();
        await host.Services.GetRequiredService<CampaignService>().Ending;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"alone {before:F0} trials/s, beside four readers {beside:F0}, alone {after:F0}: {2 * beside / (before + after):P1} " +
            $"of the rate without readers"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{onlookers.Sum(onlooker => onlooker.Looks)} looks, the slowest " +
            $"{onlookers.Max(onlooker => onlooker.Slowest).TotalSeconds:F1} s; no error, no torn state, none more than a second behind"));
    }

    /// <summary>How many trials had been acknowledged at an earlier moment.</summary>
    public int TrialsAt(TimeSpan moment)
    {
        lock (_history)
            return _history.LastOrDefault(entry => entry.At <= moment).Trials;
    }

    /// <summary>Time since the beginning.</summary>
    public TimeSpan Now => _clock.Elapsed;

    private async Task<double> RateAsync(TimeSpan window)
    {
        var (began, before) = (_clock.Elapsed, _trials);
        while (_clock.Elapsed - began < window)
        {
            lock (_history)
                _history.Add((_clock.Elapsed, _trials));
            await Task.Delay(50);
        }

        return (_trials - before) / (_clock.Elapsed - began).TotalSeconds;
    }

    private IHost Host(ScaleCampaign campaign, bool busy)
    {
        var builder = Microsoft.Extensions.Hosting.Host.CreateApplicationBuilder(
            new HostApplicationBuilderSettings { DisableDefaults = true });
        builder.Logging.SetMinimumLevel(LogLevel.Warning);
        builder.Services.AddSingleton<ICampaignObserver>(this);
        builder.Services.AddHyperSearch(new CampaignRequest(campaign.Search, new Brief(busy), campaign.Folder) { Workers = 2 });
        return builder.Build();
    }

    /// <summary>Takes four milliseconds, with or without processor time.</summary>
    private sealed class Brief(bool busy) : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop)
        {
            var clock = Stopwatch.StartNew();
            if (busy)
            {
                while (clock.ElapsedMilliseconds < 4)
                    Thread.SpinWait(100);
            }
            else
            {
                Thread.Sleep(4);
            }

            job.Report(1, new Dictionary<string, double> { ["loss"] = ScaleCampaign.Loss(job.Job.Point) });
        }

        public double WorkPerEpoch(Spaces.Point point) => 1;
    }
}
