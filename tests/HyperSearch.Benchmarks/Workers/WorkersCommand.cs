using System.Globalization;
using HyperSearch.Benchmarks.Scale;
using HyperSearch.Benchmarks.Speed;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Benchmarks.Workers;

/// <summary>How many times as fast many workers finish a campaign as one, against the same trainings on as many threads without a
/// campaign: the machine's own gain.</summary>
/// <remarks>
/// <c>workers [--search searches/digits.yaml] [--trials 480] [--workers 2,16] [--rounds 3] [--slots N]</c>; by default as many workers as
/// processors and the slots that <c>auto</c> takes for each number of workers, for one worker too, so that both train the same trials. One
/// worker and many take turns, and so do campaign and threads. A campaign's time is that from its start to its last trial's outcome on
/// disk; leaders are not confirmed and the winner is not judged. By the clock on the wall: meaningful on an idle machine only.
/// </remarks>
internal static class WorkersCommand
{
    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        var path = Path.GetFullPath(options.Get("search", "searches/digits.yaml"));
        var text = File.ReadAllText(path);
        var search = SearchFile.Parse(text, path, Path.GetDirectoryName(path)!) with
        {
            Trials = options.Number("trials", 480),
            Confirm = null,
        };
        var rounds = options.Number("rounds", 3);
        Console.WriteLine(Processor.Describe());
        Console.WriteLine("workers  slots   campaign, s: one    all   gain   threads, s: one    all   gain   campaign's of threads' gain");
        foreach (var workers in options.Get("workers", Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture)).Split(',')
            .Select(static number => int.Parse(number, CultureInfo.InvariantCulture)))
        {
            var slots = options.Number("slots", SlotLaw.Choose(search, workers));
            Measure(search with { Slots = slots }, text, workers, rounds);
        }
        return 0;
    }

    private static void Measure(Search search, string text, int workers, int rounds)
    {
        using var data = (IDisposable)ObjectiveFactory.Create(search, TimeProvider.System);
        var objective = (IObjective)data;
        var jobs = Campaign(search with { Trials = 4 * workers }, text, objective, workers).Jobs; // compiles
        List<double> one = [], all = [], alone = [], together = [];
        for (var round = 0; round < rounds; round++)
        {
            (var seconds, jobs) = Campaign(search, text, objective, 1);
            one.Add(seconds);
            all.Add(Campaign(search, text, objective, workers).Seconds);
            alone.Add(Threads(jobs, objective, search, 1));
            together.Add(Threads(jobs, objective, search, workers));
        }
        double campaign = Stopclock.Median(one) / Stopclock.Median(all), threads = Stopclock.Median(alone) / Stopclock.Median(together);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{workers,7} {search.Slots,6} {one[rounds / 2],18:f2} {all[rounds / 2],6:f2} {campaign,6:f2} " +
            $"{alone[rounds / 2],17:f2} {together[rounds / 2],6:f2} {threads,6:f2} {campaign / threads,16:p0} (must: 90 %)"));
    }

    /// <summary>Seconds of a campaign on disk, and its jobs.</summary>
    private static (double Seconds, IReadOnlyCollection<Job> Jobs) Campaign(Search search, string text, IObjective objective, int workers)
    {
        var folder = Directory.CreateTempSubdirectory("hypersearch-workers-");
        try
        {
            var campaign = ScaleCampaign.Create(Path.Combine(folder.FullName, search.Name), text, search);
            var recorded = new Recorded(objective);
            var span = new Span();
            var request = new CampaignRequest(search, recorded, campaign.Folder) { Workers = workers };
            var session = new CampaignSession(request, [span], TimeProvider.System, NullLogger.Instance);
            session.RunAsync(CancellationToken.None).GetAwaiter().GetResult();
            return (span.Seconds, recorded.Jobs);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>Seconds of the same jobs on so many threads, each taking the next when it is done with one.</summary>
    private static double Threads(IReadOnlyCollection<Job> jobs, IObjective objective, Search search, int count)
    {
        Job[] waiting = [.. jobs];
        var next = -1;
        var threads = Enumerable.Range(0, count).Select(_ => new Thread(() =>
        {
            for (int at; (at = Interlocked.Increment(ref next)) < waiting.Length;)
                objective.Run(new JobAlone(waiting[at], search.Metric), CancellationToken.None);
        })).ToArray();
        var clock = TimeProvider.System;
        var start = clock.GetTimestamp();
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return clock.GetElapsedTime(start).TotalSeconds;
    }

    /// <summary>The time from a campaign's start to its last outcome.</summary>
    private sealed class Span : ICampaignObserver
    {
        private long _start, _end;

        public double Seconds => TimeProvider.System.GetElapsedTime(_start, _end).TotalSeconds;

        public void OnStarted(CampaignProgress progress) => _start = TimeProvider.System.GetTimestamp();

        public void OnOutcome(Outcome outcome, CampaignProgress progress) => _end = TimeProvider.System.GetTimestamp();

        public void OnEnded(CampaignEnding ending)
        {
        }
    }

    /// <summary>A job outside of any campaign, which keeps nothing.</summary>
    private sealed class JobAlone(Job job, string metric) : IJobContext
    {
        public Job Job => job;

        public string Metric => metric;

        public string CheckpointFolder => throw new NotSupportedException("A training so short leaves no checkpoint.");

        public bool HasCheckpointFolder => false;

        public string LogPath => throw new NotSupportedException("The built-in trainer writes no log.");

        public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics) => true;
    }
}
