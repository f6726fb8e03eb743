using System.Globalization;
using HyperSearch.Cli.Tests.EndToEnd;
using HyperSearch.Cluster.Security;
using HyperSearch.Numerics;

namespace HyperSearch.Cluster.Tests.Processes;

/// <summary>A host and its workers as processes of the real program, killed for real.</summary>
public sealed class ClusterProcessTests
{
    private const ulong Seed = 1;

    /// <summary>A rung schedule with checkpoints, over a table that workers have to fetch.</summary>
    private const string Training = """
        name: training
        objective:
          train: {data: points.csv, label: side, epochs: 18}
        minimize: dev_error
        space:
          learning_rate: {log: [1e-3, 1]}
          hidden_units: {int: [2, 8]}
        method: {sampler: coarse_to_fine, trials: 30, seed: 3, slots: 8}
        schedule: {asha: {min_epochs: 2, factor: 3}}
        confirm: none
        """;

    /// <summary>A script that is shipped with a module of its own, keeps a checkpoint, and may be asked in either protocol.</summary>
    private const string Script = """
        import json, os, sys, time
        import law
        def train(params, epochs, folder, tell):
            state = os.path.join(folder, 'state')
            epoch = int(open(state).read()) if os.path.exists(state) else 0
            while epoch < epochs:
                time.sleep(0.01)
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

    /// <summary>How many kills each campaign suffers at least; more by HYPERSEARCH_CLUSTER_KILLS.</summary>
    private static int Kills =>
        Environment.GetEnvironmentVariable("HYPERSEARCH_CLUSTER_KILLS") is { } kills ? int.Parse(kills, CultureInfo.InvariantCulture) : 1;

    /// <summary>Two kinds of campaign in CI, where draining shows the third; all of them where more kills are asked for.</summary>
    public static TheoryData<string> Kinds => Kills == 1 ? ["training", "worker"] : ["training", "once", "worker"];

    [Theory(Timeout = 1_800_000)]
    [MemberData(nameof(Kinds))]
    public async Task Campaign_WhoseProcessesAreKilled_RanksAsOnOneProcess(string kind)
    {
        using var cluster = new ClusterWorkplace();
        var search = Write(cluster.Place, kind);
        Assert.Equal(0, cluster.Place.Run("run", search, "--name", "alone").Code);
        var random = RandomStream.For(Seed, 0, kind);
        var (hostKills, workerKills) = (0, 0);
        List<Running> workers = [cluster.StartWorker(), cluster.StartWorker()]; // they wait for a host
        var host = cluster.StartHost(search, "many");
        await host.NotesAsync("for the workers that join");
        while (!host.HasExited)
        {
            await Task.Delay(200 + random.NextInt(700), TestContext.Current.CancellationToken);
            if (workerKills < 2 * Kills)
            {
                var which = random.NextInt(workers.Count);
                workers[which].Signal(workerKills++ % 4 == 3 ? "TERM" : "KILL");
                workers[which].Finish();
                workers[which] = cluster.StartWorker();
            }
            else if (hostKills < Kills && !host.HasExited)
            {
                host.Signal("KILL");
                host.Finish();
                hostKills++;
                workerKills = Math.Max(0, workerKills - 2);
                host.Dispose();
                host = cluster.StartHost(search, "many");
            }
        }

        var ended = host.Finish();
        Assert.True(ended.Code == 0, ended.Error);
        Assert.Equal(cluster.RankOf("alone"), cluster.RankOf("many"));
        Assert.Equal(Kills, hostKills);
        host.Dispose();
    }

    [Fact]
    public async Task Worker_ThatIsToldToLeave_GivesItsJobsBackAtOnce()
    {
        using var cluster = new ClusterWorkplace();
        var search = Write(cluster.Place, "once");
        using var host = cluster.StartHost(search, "drained");
        var worker = cluster.StartWorker();
        await worker.NotesAsync("Joined drained");
        worker.Signal("TERM");
        var left = worker.Finish();
        Assert.Equal(130, left.Code);
        Assert.StartsWith("Left; ", left.LastNote, StringComparison.Ordinal);
        var other = cluster.StartWorker();
        Assert.Equal(0, host.Finish().Code);
        var over = other.Finish();
        Assert.Equal(0, over.Code);
        Assert.StartsWith("The campaign is over; ", over.LastNote, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Worker_ThatIsOfNoUse_IsToldWhatToDo()
    {
        using var cluster = new ClusterWorkplace();
        cluster.Place.Write("secret", ClusterSecret.New().Reveal());
        cluster.Place.Write("law.py", "");
        cluster.Place.Write("needy.yaml", """
            name: needy
            objective: {command: [python3, train.py], epochs: 3}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            needs: {gpu: 1}
            method: {sampler: random, trials: 3, workers: 1}
            """);
        using var host = cluster.StartHost("needy.yaml", "needy");
        await host.NotesAsync("for the workers that join");
        foreach (var (options, sentence) in ((string[], string)[])
        [
            ([], "error: The campaign needs gpu: 1, and this worker has no label gpu."),
            (["--only-training"], "error: Trials are commands, and the worker was started with --only-training"),
            (["--label", "gpu=a100", "--root", "nowhere"], "which this machine does not have. Name what it needs in the search file"),
            (["--label", "gpu", "--label", "gpu"], "error: The label gpu is given twice."),
        ])
        {
            var refused = cluster.StartWorker(options).Finish();
            Assert.Equal(2, refused.Code);
            Assert.Contains(sentence, refused.Error, StringComparison.Ordinal);
        }

        var far = cluster.StartWorkerAt("192.0.2.1:7766").Finish();
        Assert.Equal(2, far.Code);
        Assert.Contains("the worker needs the campaign's secret", far.Error, StringComparison.Ordinal);
        var lost = cluster.StartWorkerAt(cluster.Address, "--secret-file", "secret", "--patience", "4s").Finish();
        Assert.Equal(130, lost.Code);
        Assert.Contains("is the secret right?", lost.Error, StringComparison.Ordinal);
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

    private static string Write(Workplace place, string kind)
    {
        place.Write("train.py", Script);
        place.Write("law.py", "def loss(x, epoch):\n    return (x - 0.3) ** 2 + 1 / epoch\n");
        place.Write($"{kind}.yaml", kind == "training" ? Training : $$"""
            name: {{kind}}
            objective: {command: [python3, train.py], protocol: {{kind}}, files: [train.py, "l*.py"], epochs: 9}
            minimize: loss
            space: {x: { uniform: [0, 1] } }
            method: {sampler: random, trials: 30, seed: 3, slots: 8}
            schedule: {asha: {min_epochs: 1, factor: 3} }
            """);
        return $"{kind}.yaml";
    }
}
