using System.Collections.Concurrent;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;

namespace HyperSearch.Tests.Objectives;

public class WorkerProtocolTests : CommandFixture
{
    /// <summary>Reads requests; <c>$trial</c> is the trial's number in what is done for each.</summary>
    private static string Loop(string body) => $$"""
        while read -r line; do
          trial=${line#*'"trial":'}; trial=${trial%%,*}
          {{body}}
        done
        """;

    private const string Answer = """
        echo "{\"trial\": $trial, \"epoch\": 1, \"dev_error\": 0.5, \"process\": $$}"; echo "{\"trial\": $trial, \"done\": true}"
        """;

    private CommandObjective Worker(string script) => Shell(script, change: definition => definition with { KeepAlive = true });

    private double Serve(CommandObjective objective, int trial = 7)
    {
        var job = Job(trial);
        Run(objective, job);
        return job.Reports[^1].Metrics["process"];
    }

    private void Run(CommandObjective objective, FakeJob job) => objective.Run(job, Cancelled);

    [Fact]
    public void Run_AsksOneProcessAgainAndAgain()
    {
        var objective = Worker(Loop(Answer));
        Assert.Equal(Serve(objective, 1), Serve(objective, 2));
    }

    [Fact]
    public void Run_KeepsAProcessForEachWorker()
    {
        var objective = Shell(Loop($"echo \"$HYPERSEARCH_WORKER:$CUDA_VISIBLE_DEVICES\" >> seen; {Answer}"),
            change: definition => definition with { KeepAlive = true, Devices = ["6", "7"] });
        foreach (var worker in new[] { 0, 1, 0 })
            Run(objective, new FakeJob(Folder, worker + 1) { Worker = worker });
        Assert.Equal("0:6\n1:7\n0:6\n", Read("seen"));
    }

    [Fact]
    public void Run_SendsTheRequestOfTheContract()
    {
        var objective = Worker(Loop($"printf '%s' \"$line\" > request; {Answer}"));
        var job = Job(trial: 7, from: 3, to: 9, point: [("lr", 1e-7), ("word", "a b")]);
        Run(objective, job);
        const uint seed = (0x12345678u ^ 0x9ABCDEF0u) & int.MaxValue;
        Assert.Equal(
            """{"trial":7,"params":{"lr":1e-7,"word":"a b"},"epochs":9,"""
            + $$"""
            "checkpoint_dir":"{{job.CheckpointFolder}}","seed":{{seed}}}
            """,
            Read("request"));
    }

    [Fact]
    public void Run_ReplacesAProcessThatDies()
    {
        var objective = Worker(Loop($"echo working on $trial; [ $trial = 2 ] && kill -KILL $$; {Answer}"));
        var first = Serve(objective, 1);
        var failure = Assert.Throws<TransientFailureException>(() => Serve(objective, 2));
        Assert.Contains("signal 9", failure.Message, StringComparison.Ordinal);
        Assert.Contains("  working on 2", failure.Message, StringComparison.Ordinal);
        Assert.NotEqual(first, Serve(objective, 3));
    }

    [Fact]
    public void Run_ReplacesAProcessThatDiedBetweenJobs()
    {
        var objective = Worker(Loop($"{Answer}; exit 0"));
        var first = Serve(objective, 1);
        Await(() => !Lives((int)first));
        Assert.NotEqual(first, Serve(objective, 2));
    }

    [Theory]
    [InlineData("""echo '{"trial": 99, "dev_error": 1}'; read -r more""", "asked for trial 7 and answered for trial 99")]
    [InlineData("""echo '{"trial": 99, "done": true}'; read -r more""", "asked for trial 7 and answered for trial 99")]
    [InlineData("exec <&- >&-; exit 3", "ended with exit code 3 in the middle of a trial")]
    public void Run_SaysHowAWorkerWentWrong(string body, string expected)
    {
        var failure = Assert.Throws<TransientFailureException>(() => Run(Worker(Loop(body)), Job()));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TellsAnErrorFromADeath()
    {
        var objective = Worker(Loop($$"""
            case $trial in
              1) echo '{"trial": 1, "error": "units must be even"}' ;;
              2) echo '{"trial": 2, "error": "GPU is busy", "retry": true}' ;;
              *) {{Answer}} ;;
            esac
            """));
        var before = Serve(objective, 3);
        Assert.Contains("units must be even", Assert.Throws<CommandFailedException>(() => Run(objective, Job(1))).Message,
            StringComparison.Ordinal);
        Assert.Contains("GPU is busy", Assert.Throws<TransientFailureException>(() => Run(objective, Job(2))).Message,
            StringComparison.Ordinal);
        Assert.Equal(before, Serve(objective, 4));
    }

    [Fact]
    public void Run_EndsAndReplacesAProcessThatDoesNotStop()
    {
        var objective = Worker("trap '' TERM\n" +
            $"{Loop($"[ $trial = 2 ] && echo '{{\"epoch\": 1, \"dev_error\": 1}}' && sleep 1000; {Answer}")}");
        var before = Serve(objective, 1);
        Run(objective, new FakeJob(Folder, trial: 2) { GoesOn = _ => false });
        Assert.False(Lives((int)before));
        Assert.NotEqual(before, Serve(objective, 3));
    }

    [Fact]
    public void Run_KeepsAProcessThatStopsWhenAsked()
    {
        var objective = Worker($"""
            trap 'stop=1' TERM
            {Loop($$"""
              stop=
              if [ $trial = 2 ]; then
                echo '{"epoch": 1, "dev_error": 1}'
                while [ -z "$stop" ]; do sleep 0.01; done
                echo '{"trial": 2, "done": true}'
              else
                {{Answer}}
              fi
              """)}
            """);
        var before = Serve(objective, 1);
        Run(objective, new FakeJob(Folder, trial: 2) { GoesOn = _ => false });
        Assert.Equal(before, Serve(objective, 3));
    }

    [Fact]
    public void Run_IgnoresChatterAndAfterthoughts()
    {
        var objective = Worker(Loop($"echo loading; echo '[1]'; echo '{{\"note\": 1' ; {Answer}; " +
            $"echo '{{\"trial\": '$trial', \"dev_error\": 9}}'; echo noise >&2"));
        var job = Job(1);
        Run(objective, job);
        Assert.Equal(0.5, job.Value);
        Assert.Contains("loading\n", job.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_LeavesNoLogOfALoneMeasurement()
    {
        var job = Job();
        Run(Worker(Loop(Answer)), job);
        Assert.False(File.Exists(job.LogPath));
    }

    [Fact]
    public void Run_SendsARequestThatAPipeCannotHold()
    {
        var job = Job(point: ("word", new string('x', 300_000)));
        Run(Worker($"sleep 0.1\n{Loop($"printf '%s' \"$line\" | wc -c > length; {Answer}")}"), job);
        Assert.True(ReadNumber("length") > 300_000);
    }

    [Fact]
    public async Task Run_ServesManyThreadsWithAProcessEach()
    {
        var objective = Worker(Loop(Answer));
        var processes = new ConcurrentDictionary<double, int>();
        await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Factory.StartNew(
            () =>
            {
                for (var i = 0; i < 50; i++)
                {
                    var job = Job(thread * 50 + i);
                    objective.Run(job, Cancelled);
                    processes.AddOrUpdate(job.Reports[^1].Metrics["process"], 1, (_, count) => count + 1);
                }
            },
            Cancelled,
            TaskCreationOptions.LongRunning,
            TaskScheduler.Default)));
        Assert.InRange(processes.Count, 1, 4);
        Assert.Equal(200, processes.Values.Sum());
    }

    [Theory]
    [InlineData("")]
    [InlineData("trap '' TERM; sleep 1000 & sleep 1000")]
    public void Dispose_EndsEveryProcess(string afterwards)
    {
        var objective = Worker($"{Loop(Answer)}\n{afterwards}");
        var process = (int)Serve(objective);
        objective.Dispose();
        Assert.False(Lives(process));
        Assert.Null(objective.GuardId);
    }
}
