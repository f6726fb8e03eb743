using System.Diagnostics;
using System.Globalization;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Indexing;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Scale;

/// <summary>The store by itself.</summary>
internal static class StoreScale
{
    private static readonly string[] Names =
        ["learning_rate", "momentum", "hidden_layers", "hidden_units", "batch_size", "l2", "keep_prob"];

    /// <summary>Appends outcomes in groups of several sizes, each to a campaign of its own.</summary>
    public static void Write(string folder, int trials)
    {
        Directory.CreateDirectory(folder);
        foreach (var size in (int[])[1, 10, 100, 1_000])
        {
            var count = Math.Min(trials, size * 1_000);
            var campaign = Campaign.Create(new CampaignFolder(Path.Combine(folder, $"groups-of-{size}")), "",
                new CampaignCreated(TimeProvider.System.GetUtcNow(), "/", "/", 1, null)).Folder;
            var outcomes = Enumerable.Range(0, count).Select(Outcome).ToArray();
            var store = CampaignStore.Open(campaign, TimeProvider.System);
            var clock = Stopwatch.StartNew();
            for (var done = 0; done < count; done += size)
                store.Append(outcomes.AsSpan(done, Math.Min(size, count - done)));
            var appended = clock.Elapsed;
            store.Dispose();
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"groups of {size}: {count / appended.TotalSeconds:N0} outcomes/s; closing, index included: " +
                $"{(clock.Elapsed - appended).TotalSeconds:F2} s; " +
                $"{new FileInfo(campaign.JournalPath).Length / (double)count:F0} bytes an outcome"));
        }
    }

    /// <summary>Reads the ten best from a cold process.</summary>
    public static void Top(string folder)
    {
        var clock = Stopwatch.StartNew();
        var snapshot = new Campaign(new CampaignFolder(folder), (_, _) => Definition).ReadBest(10);
        Report(clock, $"{snapshot.Trials.Length} best");
    }

    /// <summary>Reads everything from a cold process.</summary>
    public static void Read(string folder)
    {
        var clock = Stopwatch.StartNew();
        var snapshot = new Campaign(new CampaignFolder(folder), (_, _) => Definition).Read();
        Report(clock, $"{snapshot.Trials.Length} trials");
    }

    /// <summary>Builds the index anew.</summary>
    public static void Index(string folder)
    {
        var clock = Stopwatch.StartNew();
        var campaign = new CampaignFolder(folder);
        IndexFile.Delete(campaign);
        using (var index = CampaignIndex.Open(campaign))
        {
            index.Feed(new FileInfo(campaign.JournalPath).Length, () => true);
            index.Close(TimeSpan.Zero);
        }

        Report(clock, "index");
    }

    /// <summary>Asks the index for the ten best from a cold process.</summary>
    public static void Query(string folder)
    {
        var clock = Stopwatch.StartNew();
        var found = IndexQuery.Best(new CampaignFolder(folder), null, 0, 10, Definition);
        Report(clock, $"{found?.Outcomes.Length} of the index");
    }

    private static Search Definition { get; } = new()
    {
        Name = "scale",
        Objective = new DelegateDefinition(),
        Metric = "loss",
        Space = new Space([]),
        Sampler = new RandomSampler(),
    };

    private static void Report(Stopwatch clock, string what) => Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{what}: {clock.Elapsed.TotalSeconds:F3} s; since the process started " +
        $"{(TimeProvider.System.GetLocalNow() - Process.GetCurrentProcess().StartTime).TotalSeconds:F3} s; peak " +
        $"{Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));

    private static Outcome Outcome(int number)
    {
        var draw = (double)((uint)number * 2_654_435_761u) / uint.MaxValue;
        return new Outcome
        {
            Job = number,
            Trial = number,
            Point = new Point(Names.Select((name, index) => new KeyValuePair<string, ParameterValue>(name, draw / (index + 1)))),
            Origin = new Origin(OriginKind.Hop) { Around = [number / 2], Width = draw / 7, Zoom = 1 / (draw + 1) },
            FromEpochs = 0,
            ToEpochs = 1,
            Epochs = 1,
            State = OutcomeState.Completed,
            Value = draw,
            Metrics = System.Collections.Immutable.ImmutableSortedDictionary<string, double>.Empty.Add("loss", draw),
            Seconds = draw / 1_000,
            Started = DateTimeOffset.UnixEpoch.AddSeconds(number),
        };
    }
}
