using System.Globalization;
using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Cluster.Security;
using HyperSearch.Hosting;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Numerics;
using HyperSearch.Tests;
using HyperSearch.Tests.Hosting;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Cluster.Tests.Processes;

/// <summary>A host and its workers as processes of the real program, killed for real.</summary>
public sealed class ClusterProcessTests
{
    private const ulong Seed = 1;

    /// <summary>A script that is shipped with a module of its own, keeps a checkpoint, and may be asked in either protocol.</summary>
    private const string Script = """
        import json, os, sys, time
        import law
        def train(params, epochs, folder, tell):
            state = os.path.join(folder, 'state')
            epoch = int(open(state).read()) if os.path.exists(state) else 0
            print('training from', epoch, flush=True)
            while epoch < epochs:
                time.sleep(float(open('pause').read()))
                epoch += 1
                tell({'epoch': epoch, 'loss': law.loss(params['x'], epoch)})
                open(state + '.new', 'w').write(str(epoch))
                os.replace(state + '.new', state)
        def say(words):
            print(json.dumps(words), flush=True)
        if 'HYPERSEARCH_PARAMS' in os.environ:
            params, epochs = json.loads(os.environ['HYPERSEARCH_PARAMS']), int(os.environ['HYPERSEARCH_EPOCHS'])
            train(params, epochs, os.environ['HYPERSEARCH_CHECKPOINT_DIR'], say)
        else:
            for line in sys.stdin:
                job = json.loads(line)
                train(job['params'], job['epochs'], job['checkpoint_dir'], lambda words: say({'trial': job['trial'], **words}))
                say({'trial': job['trial'], 'done': True})
        """;

    /// <summary>How often the host is killed, and half as often as workers are, where more is asked for than CI does; else 0.</summary>
    private static int Kills =>
        Environment.GetEnvironmentVariable("HYPERSEARCH_CLUSTER_KILLS") is { } kills ? int.Parse(kills, CultureInfo.InvariantCulture) : 0;

    /// <summary>Campaigns, and who dies in each, one after the other: a worker (W), or the host (H).</summary>
    public static TheoryData<string, string> Deaths => Kills == 0
        ? new() { { "worker", "WHW" } }
        : new() { { "digits", Rounds }, { "once", Rounds }, { "worker", Rounds } };

    private static string Rounds => string.Concat(Enumerable.Repeat("WHW", Kills));

    /// <summary>Workers are there first. Every fourth one that goes is asked to (SIGTERM); all others are killed.</summary>
    [Theory(Timeout = 1_800_000)]
    [MemberData(nameof(Deaths))]
    public async Task Campaign_WhoseProcessesAreKilled_RanksAsOnOneProcess(string kind, string deaths)
    {
        using var cluster = new ClusterWorkplace();
        var search = Write(cluster.Place, kind);
        var alone = await RunAloneAsync(cluster.Place, search, workers: kind == "digits" ? 2 : 8);
        var random = RandomStream.For(Seed, 0, kind);
        List<Running> workers = [cluster.StartWorker(), cluster.StartWorker()];
        var (host, gone) = (cluster.StartHost(search, "many"), 0);
        foreach (var death in deaths)
        {
            var which = random.NextInt(workers.Count);
            while (!host.HasExited && !(host.HasNoted("for the workers that join") && workers[which].HasNoted("Joined many")))
                await Task.Delay(10, TestContext.Current.CancellationToken);
            if (Kills > 0)
                await Task.Delay(random.NextInt(1000), TestContext.Current.CancellationToken);
            Assert.False(host.HasExited, $"The campaign was over before all were dead: {host.HasExited && host.Finish().Code == 0}");
            if (death == 'H')
            {
                host.Signal("KILL");
                host.Finish();
                host.Dispose();
                host = cluster.StartHost(search, "many");
                continue;
            }

            var isAsked = gone++ % 4 == 0;
            workers[which].Signal(isAsked ? "TERM" : "KILL");
            var left = workers[which].Finish();
            workers[which] = cluster.StartWorker();
            if (!isAsked)
                continue;
            Assert.Equal(130, left.Code);
            Assert.StartsWith("Left; ", left.LastNote, StringComparison.Ordinal);
        }

        var ended = host.Finish();
        Assert.True(ended.Code == 0, ended.Error);
        host.Dispose();
        var many = new CampaignFolder(cluster.Place.PathOf("results/many"));
        Assert.Equal(Session.Facts(alone), Session.Facts(many));
        if (kind != "digits")
        {
            // Of each trial, whoever died: where people look.
            Assert.All(KeptCampaign.Read(many.Path).Trials, trial => Assert.Contains(
                "training from 0\n", File.ReadAllText(TrialLogs.Paths(many, trial.Number)[0]), StringComparison.Ordinal));
        }

        if (Kills > 0)
        {
            Assert.Equal(0, cluster.Place.Run("run", search, "--name", "command", "--plots", "none").Code);
            Assert.Equal(cluster.RankOf("command"), cluster.RankOf("many"));
        }

        foreach (var worker in workers.Where(worker => worker.HasNoted("Joined many")))
        {
            var over = worker.Finish();
            Assert.Equal(0, over.Code);
            Assert.StartsWith("The campaign is over; ", over.LastNote, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Worker_ThatIsOfNoUse_IsToldWhatToDo()
    {
        using var cluster = new ClusterWorkplace();
        cluster.Place.Write("secret", ClusterSecret.New().Reveal());
        cluster.Place.Write("other", ClusterSecret.New().Reveal());
        cluster.Place.Write("needy.yaml", """
            name: needy
            objective: {command: [python3, train.py], epochs: 3}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            needs: {gpu: 1}
            method: {sampler: random, trials: 3, workers: 1}
            """);
        cluster.Place.Write("train.py", "print()");
        Directory.CreateDirectory(cluster.Place.PathOf("empty"));
        using var host = cluster.StartHost("needy.yaml", "needy", "--secret-file", "secret");
        await host.NotesAsync("for the workers that join");
        (Running Worker, string Sentence)[] all =
        [
            (cluster.StartWorker("--secret-file", "secret"), "error: The campaign needs gpu: 1, and this worker has no label gpu."),
            (cluster.StartWorker("--secret-file", "secret", "--label", "gpu=a100", "--root", "empty"),
                "does not have on this machine. Name what it needs in the search file"),
            (cluster.StartWorker("--secret-file", "secret", "--root", "nowhere"), "there is no such folder on this machine"),
            (cluster.StartWorker("--secret-file", "other"), "has another secret than this worker"),
            (cluster.StartWorkerAt("192.0.2.1:7766"), "the worker needs the campaign's secret"),
        ];
        foreach (var (worker, sentence) in all)
        {
            var refused = worker.Finish();
            Assert.Equal(2, refused.Code);
            Assert.Contains(sentence, refused.Error, StringComparison.Ordinal);
        }

        host.Signal("INT");
        Assert.Equal(130, host.Finish().Code);
    }

    [Fact]
    public void Door_ThatCannotOpen_SaysSoBeforeAnythingIsMade()
    {
        using var cluster = new ClusterWorkplace();
        cluster.Place.Write("bare.yaml", """
            name: bare
            objective: {command: [python3, train.py], files: ["lib/*.py"]}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            method: {sampler: random, trials: 3}
            """);
        var bare = cluster.Place.Run("run", "bare.yaml", "--listen", cluster.Address);
        Assert.Equal(2, bare.Code);
        Assert.StartsWith("error: objective.files: no file under", bare.LastNote, StringComparison.Ordinal);
        foreach (var (options, sentence) in ((string[], string)[])
        [
            (["--listen", "nonsense"], "is not HOST:PORT"),
            (["--listen", "203.0.113.7:7766"], "Nothing can listen on 203.0.113.7:7766"),
            (["--workers", "0"], "--workers 0 needs --listen"),
            (["--secret-file", "x"], "--secret-file needs --listen"),
        ])
        {
            var refused = cluster.Place.Run(["run", "tiny.yaml", .. options]);
            Assert.Equal(2, refused.Code);
            Assert.Contains(sentence, refused.Error, StringComparison.Ordinal);
            Assert.False(Directory.Exists(cluster.Place.PathOf("results")));
        }
    }

    /// <summary>Runs a campaign in this process.</summary>
    private static async Task<CampaignFolder> RunAloneAsync(Workplace place, string file, int workers)
    {
        var search = SearchFile.Read(Path.Combine(place.Folder, file));
        var folder = Session.Create(place.PathOf("results"), search, "alone");
        var objective = ObjectiveFactory.Create(search, TimeProvider.System, NullLogger.Instance);
        Assert.True((await Session.RunAsync(folder, search, objective, workers, stop: TestContext.Current.CancellationToken)).Finished);
        (objective as IDisposable)?.Dispose();
        return folder;
    }

    private static string Write(Workplace place, string kind)
    {
        if (kind == "digits") // with trials for as many deaths
        {
            var text = File.ReadAllText(Path.Combine(Repository.Folder("searches"), "digits.yaml"));
            Assert.Contains("trials: 120", text, StringComparison.Ordinal);
            place.Write("digits.yaml", text
                .Replace("trials: 120", FormattableString.Invariant($"trials: {120 * Kills}"), StringComparison.Ordinal)
                .Replace("data/digits", Path.Combine(Repository.Folder("searches"), "data", "digits"), StringComparison.Ordinal));
            return "digits.yaml";
        }

        place.Write("train.py", Script);
        place.Write("law.py", "def loss(x, epoch):\n    return (x - 0.3) ** 2 + 1 / epoch\n");
        place.Write("pause", Kills > 0 ? "0.2" : "0.1");
        place.Write($"{kind}.yaml", $$"""
            name: {{kind}}
            objective: {command: [python3, train.py], protocol: {{kind}}, files: [train.py, "l*.py", pause], epochs: 9}
            minimize: loss
            space: {x: { uniform: [0, 1] } }
            method: {sampler: random, trials: {{30 * Math.Max(1, Kills)}}, seed: 3, slots: 8}
            schedule: {asha: {min_epochs: 1, factor: 3} }
            """);
        return $"{kind}.yaml";
    }
}
