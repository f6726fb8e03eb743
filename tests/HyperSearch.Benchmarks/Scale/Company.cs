using System.Diagnostics;
using System.Globalization;
using HyperSearch.Campaigns;
using HyperSearch.Objectives;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Stores;

namespace HyperSearch.Benchmarks.Scale;

/// <summary>What readers in other processes cost a campaign of fast trials.</summary>
internal static class Company
{
    private const int Readers = 4;

    /// <summary>Runs the same campaign alone and beside readers that look as often as they can.</summary>
    /// <param name="folder">Where the two campaigns go.</param>
    /// <param name="trials">How many trials; each waits for 5 ms on one of two workers.</param>
    public static async Task RunAsync(string folder, int trials)
    {
        var alone = await RateAsync(Path.Combine(folder, "alone"), trials, readers: 0);
        var beside = await RateAsync(Path.Combine(folder, "beside"), trials, Readers);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"alone {alone:F1} trials/s, beside {Readers} readers {beside:F1} trials/s: {beside / alone:P1}"));
    }

    /// <summary>Reads a campaign a hundred times a second until it is finished.</summary>
    public static void Follow(string folder)
    {
        var campaign = new CampaignFolder(folder);
        while (!campaign.Exists)
            Thread.Sleep(10);
        var follower = new CampaignFollower(campaign, (_, _) => Definition(0));
        var (looks, seen) = (0, 0);
        for (var state = CampaignState.Interrupted; state != CampaignState.Finished; looks++)
        {
            var snapshot = follower.Read();
            if (snapshot.Trials.Length < seen || follower.Outcomes.Select(outcome => outcome.Job).Distinct().Count() != follower.Outcomes.Count)
                throw new InvalidOperationException("A reader saw a torn state.");
            (state, seen) = (snapshot.State, snapshot.Trials.Length);
            Thread.Sleep(10);
        }

        Console.WriteLine($"a reader looked {looks} times and saw {seen} trials");
    }

    private static async Task<double> RateAsync(string folder, int trials, int readers)
    {
        var processes = Enumerable.Range(0, readers).Select(_ => Process.Start(Environment.ProcessPath!, ["scale", "follow", "0", folder])).ToList();
        var rate = await CampaignScale.RunAsync(folder, Definition(trials), new Waiting());
        foreach (var process in processes)
        {
            await process.WaitForExitAsync();
            if (process.ExitCode != 0)
                throw new InvalidOperationException("A reader failed.");
            process.Dispose();
        }

        return rate;
    }

    private static Search Definition(int trials) => new()
    {
        Name = "scale",
        Objective = new DelegateDefinition(),
        Metric = "loss",
        Space = new Space([new Parameter("x", new UniformScale(0, 1))]),
        Sampler = new RandomSampler(),
        Trials = trials,
    };

    /// <summary>Takes 5 ms and no processor time.</summary>
    private sealed class Waiting : IObjective
    {
        public void Run(IJobContext job, CancellationToken stop)
        {
            Thread.Sleep(5);
            job.Report(1, new Dictionary<string, double> { ["loss"] = job.Job.Point["x"].Number });
        }

        public double WorkPerEpoch(Point point) => 1;
    }
}
