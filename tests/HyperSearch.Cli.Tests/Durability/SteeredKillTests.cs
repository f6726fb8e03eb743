using System.Globalization;
using System.Net;
using System.Net.Sockets;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Journals;
using HyperSearch.Numerics;
using HyperSearch.Tests;

namespace HyperSearch.Cli.Tests.Durability;

/// <summary>People step into a campaign by the verbs of the command line, and its owner is killed -9 again and again, some times just when
/// it has answered. In one of its sessions a worker process of another folder takes part, and may be killed before its host.</summary>
public sealed class SteeredKillTests
{
    /// <summary>How many campaigns; HYPERSEARCH_STEER_ROUNDS says otherwise.</summary>
    private static int Rounds =>
        int.Parse(Environment.GetEnvironmentVariable("HYPERSEARCH_STEER_ROUNDS") ?? "1", CultureInfo.InvariantCulture);

    /// <summary>Trials of several jobs, some of which fail; leaders run again.</summary>
    private static TortureKind Steered { get; } = new(
        "steered", 24, "{command: [python3, steered.py, \"{learning_rate}\"], epochs: 9}", "{learning_rate: {log: [1e-3, 1]}}",
        "schedule: {asha: {min_epochs: 1, factor: 3}}\nconfirm: {top: 2, repeats: 2}\nlimits: {retries: 0, stop_after_failures: 0}");

    private const string Program =
        """
        import json, math, os, sys, time
        rate = float(sys.argv[1])
        if 0.05 < rate < 0.2:
            sys.exit(3)
        for epoch in range(1, int(os.environ["HYPERSEARCH_EPOCHS"]) + 1):
            time.sleep(0.05)
            noise = 1e-4 * (int(os.environ["HYPERSEARCH_SEED"]) % 1000)
            value = (math.log10(rate) + 1.7) ** 2 + 1 / epoch + noise
            print(json.dumps({"epoch": epoch, "dev_cost": value}), flush=True)
        """;

    [Fact(Timeout = 3_600_000)]
    public async Task Campaign_SteeredAndKilledRanksToTheSameBytesWithOneWorkerAndWithFour()
    {
        Assert.SkipUnless(Programs.Exist("python3"), "python3 is not installed");
        using var torture = new Torture(Steered);
        torture.Place.Write("steered.py", Program);
        var told = new Dictionary<string, int>();
        for (var round = 0; round < Rounds; round++)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            var random = RandomStream.For(7, (ulong)round, "steering");
            var campaign = FormattableString.Invariant($"steered-{round}");
            for (var session = 0; session < 3; session++)
                await SteerAsync(torture, campaign, random, told, hasWorker: session == 1);
            string[] copies = [campaign + "-one", campaign + "-four"];
            foreach (var copy in copies)
            {
                CopyFolder(torture.Folder(campaign).Path, torture.Folder(copy).Path);
                var resumed = torture.Place.Run(
                    "resume", copy, "--plots", "none", "--workers", copy.EndsWith("one", StringComparison.Ordinal) ? "1" : "4");
                Assert.True(resumed.Code == 0, resumed.Error);
                Holds(Campaign.Open(torture.Folder(copy)), torture.Events(campaign));
            }

            Assert.Equal(torture.Ranking(copies[0]), torture.Ranking(copies[1]));
        }

        TestContext.Current.TestOutputHelper?.WriteLine(
            $"{Rounds} campaigns, 3 deaths each; told as done: {string.Join(", ", told.Select(entry => $"{entry.Value} {entry.Key}"))}");
    }

    /// <summary>Runs or resumes a campaign, steps in a few times, and kills it. What was told as done is in the journal.</summary>
    private static async Task SteerAsync(
        Torture torture, string campaign, RandomStream random, Dictionary<string, int> told, bool hasWorker)
    {
        var address = FormattableString.Invariant($"127.0.0.1:{FreePort()}");
        string[] workers = hasWorker
            ? ["--listen", address, "--workers", random.NextInt(2).ToString(CultureInfo.InvariantCulture)]
            : ["--workers", (1 + random.NextInt(4)).ToString(CultureInfo.InvariantCulture)];
        var isNew = !torture.Folder(campaign).Exists;
        using var running = isNew
            ? torture.Place.Start(["run", "torture.yaml", "--name", campaign, "--plots", "none", .. workers])
            : torture.Place.Start(["resume", campaign, "--plots", "none", .. workers]);
        var finishing = Task.Run(running.Finish, TestContext.Current.CancellationToken);
        using var worker = hasWorker
            ? torture.Place.Start("worker", "--connect", address, "--slots", "2", "--work", torture.Place.PathOf("work")) : null;
        var leaving = worker is null ? Task.CompletedTask : Task.Run(worker.Finish, TestContext.Current.CancellationToken);
        torture.AwaitJournal(campaign, torture.JournalLength(campaign), finishing); // until it has taken the campaign up
        if (worker is not null)
        {
            Assert.True(Patience.Until(() => finishing.IsCompleted || worker.HasNoted($"Joined {campaign}"), TimeSpan.FromMinutes(2)),
                "The worker did not join.");
        }

        var killsWorker = random.NextInt(2) == 1;
        for (var wishes = 1 + random.NextInt(3); wishes > 0 && !finishing.IsCompleted; wishes--)
        {
            var grown = torture.JournalLength(campaign) + random.NextInt(1500);
            var longest = TimeSpan.FromSeconds(5); // a campaign that is paused grows no more
            Patience.Until(() => finishing.IsCompleted || torture.JournalLength(campaign) >= grown, longest);
            var before = torture.Events(campaign);
            string[] verb = VerbOf(random, torture.Facts(campaign).Count);
            var answer = torture.Place.Run([verb[0], campaign, .. verb[1..]]);
            Assert.True(answer.Code is 0 or 1 or 2, answer.Error); // 2 where no campaign in this state could do it
            if (killsWorker)
                worker?.Signal("KILL");
            if (answer.Code != 0)
                continue;
            var name = string.Join(' ', verb.Where(word => word[0] is not ('{' or >= '0' and <= '9')));
            told[name] = told.GetValueOrDefault(name) + 1;
            Assert.True(torture.Events(campaign).Length > before.Length, $"{string.Join(' ', verb)} was told as done: {answer.Output}");
        }

        running.Signal("KILL");
        Assert.True((await finishing).Code is 0 or 137);
        worker?.Signal("KILL");
        await leaving;
        Assert.True(torture.IsQuiet(), "A process outlived the campaign that was killed.");
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    private static string[] VerbOf(RandomStream random, int outcomes) => random.NextInt(7) switch
    {
        0 => ["pause"],
        1 => ["pause", "--end"],
        2 => ["enqueue", FormattableString.Invariant($"{{learning_rate: {0.001 + (0.04 * random.NextDouble()):0.0000}}}")],
        3 => ["resume", "--trials", FormattableString.Invariant($"{25 + random.NextInt(8)}")],
        4 => ["resume", "--retry-failed"],
        _ => ["stop", "--trial", FormattableString.Invariant($"{Math.Max(0, (outcomes / 2) + 3 - random.NextInt(6))}")],
    };

    /// <summary>What was told as done before the last death is so at the end.</summary>
    private static void Holds(Campaign campaign, IReadOnlyList<CampaignEvent> told)
    {
        var trials = campaign.Read().Trials;
        foreach (var stop in told.OfType<TrialStopped>())
        {
            var jobs = campaign.Outcomes.Where(outcome => outcome.Trial == stop.Trial && outcome.Repeat == 0).ToList();
            Assert.True(jobs.TrueForAll(outcome => outcome.Job < stop.FromJob), $"trial {stop.Trial} went on");
            foreach (var job in stop.Jobs.Where(job => job.Repeat == 0))
                Assert.Contains(jobs, outcome => outcome.Job == job.Job);
        }

        Assert.Equal(told.OfType<PointEnqueued>().Select(point => point.Point.ToString()),
            trials.Where(trial => trial.Origin is { Note: null, Kind: Samplers.OriginKind.Enqueued })
                .Select(trial => trial.Point.ToString()));
        // A wish for more trials that comes when the owner has just ended begins a session of its own.
        var asked = told.OfType<TrialsChanged>().Select(change => change.Trials)
            .Concat(told.OfType<SessionStarted>().Select(session => session.Trials));
        Assert.Equal(asked.Append(24).Max(), trials.Length);
    }

    private static void CopyFolder(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (var file in Directory.EnumerateFiles(from))
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        foreach (var folder in Directory.EnumerateDirectories(from))
            CopyFolder(folder, Path.Combine(to, Path.GetFileName(folder)));
    }
}
