using HyperSearch.Cli.Tests.Drivers;

namespace HyperSearch.Cli.Tests.EndToEnd;

public sealed class OptionTests
{
    [Fact]
    public void Resume_AfterTheCauseIsMendedRunsFailedTrialsAgain()
    {
        using var place = new Workplace();
        place.Write("late.sh", """
            [ -e broken ] && { echo "CUDA error: driver lost"; exit 1; }
            echo '{"loss": '$HYPERSEARCH_TRIAL'}'
            [ "$HYPERSEARCH_TRIAL" = 9 ] && touch broken
            exit 0
            """);
        place.Write("late.yaml", """
            name: late
            objective: {command: [sh, late.sh]}
            minimize: loss
            space: {x: {uniform: [-10, 10]}}
            method: {trials: 20, workers: 2, slots: 2}
            limits: {retries: 0, stop_after_failures: 4}
            """);
        var run = place.Run("run", "late.yaml", "--plots", "none");
        Assert.Contains("hypersearch resume late --retry-failed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--trials 40", run.Output, StringComparison.Ordinal);
        Assert.Contains("hypersearch resume late --retry-failed", place.Run("resume", "late").Error, StringComparison.Ordinal);
        var failed = place.Read("status", "late").GetProperty("trials").GetProperty("failed").GetInt32();
        Assert.InRange(failed, 4, 6);

        File.Delete(place.PathOf("broken"));
        var resumed = place.Run("resume", "late", "--retry-failed", "--plots", "none");
        Assert.True(resumed.Code == 0, resumed.Error);
        var trials = place.Read("status", "late").GetProperty("trials");
        Assert.Equal(failed, trials.GetProperty("failed").GetInt32()); // their failure stays on record
        Assert.Equal(20 + failed, trials.GetProperty("planned").GetInt32());
        Assert.Equal(20, trials.GetProperty("completed").GetInt32());
        Assert.Contains("no failed trial that could start again", place.Run("resume", "late", "--retry-failed").Error,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Rank_SelectsByAConditionInTheTermsOfTheSearchFile()
    {
        using var place = new Workplace();
        Assert.Equal(0, place.Run("run", "tiny.yaml", "--plots", "none").Code);
        var small = place.Read("rank", "tiny", "--where", "learning_rate < 0.05 and state = completed");
        var all = place.Read("rank", "tiny");
        Assert.Equal(
            all.EnumerateArray().Where(trial => trial.GetProperty("params").GetProperty("learning_rate").GetDouble() < 0.05)
                .Select(trial => trial.GetProperty("trial").GetInt32()),
            small.EnumerateArray().Select(trial => trial.GetProperty("trial").GetInt32()));
        var refused = place.Run("rank", "tiny", "--where", "learning_rat < 1");
        Assert.Equal(2, refused.Code);
        Assert.Contains("Did you mean \"learning_rate\"?", refused.Error, StringComparison.Ordinal);
        Assert.Equal(2, place.Run("rank", "tiny", "--by", "dev_eror").Code);
    }

    [Fact]
    public void Run_KeepsAndShowsWhatTheCommandLineSets()
    {
        using var place = new Workplace();
        var run = place.Run("run", "tiny.yaml", "--set", "space.learning_rate=0.05", "--set", "method.trials=2", "--plots", "none");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("Set by the command line: space.learning_rate=0.05, instead of {log: [1e-3, 1]}", run.Error,
            StringComparison.Ordinal);
        Assert.Contains("# Set by the command line: method.trials=2", File.ReadAllText(place.PathOf("results/tiny/search.yaml")),
            StringComparison.Ordinal);
        Assert.Contains("set       space.learning_rate=0.05 (by the command line)", place.Run("status", "tiny").Output,
            StringComparison.Ordinal);
        Assert.Equal(["space.learning_rate=0.05", "method.trials=2"],
            place.Read("status", "tiny").GetProperty("set").EnumerateArray().Select(setting => setting.GetString()));
        Assert.Equal(0, place.Run("report", "tiny", "--out", "tiny.html").Code);
        Assert.Contains("set by the command line</th><td>method.trials=2<", File.ReadAllText(place.PathOf("tiny.html")),
            StringComparison.Ordinal);
        var trials = place.Read("rank", "tiny");
        Assert.Equal(2, trials.GetArrayLength());
        Assert.All(trials.EnumerateArray(),
            trial => Assert.Equal(0.05, trial.GetProperty("params").GetProperty("learning_rate").GetDouble()));
        Assert.Equal(0, place.Run("resume", "tiny", "--trials", "3", "--plots", "none").Code);
        Assert.Equal(2, place.Run("run", "tiny.yaml", "--name", "b", "--set", "space.learning_rate={log: [0, 1]}").Code);
        Assert.False(Directory.Exists(place.PathOf("results/b")));
    }

    [Fact]
    public void Check_TakesWhatTheCommandLineSets()
    {
        using var place = new Workplace();
        var check = place.Run("check", "tiny.yaml", "--no-timing", "--set", "method.sampler=gp", "--set", "space.learning_rate=0.05");
        Assert.True(check.Code == 0, check.Error);
        Assert.Contains("sampler   gp", check.Output, StringComparison.Ordinal);
        Assert.Contains("Set by the command line: method.sampler=gp, instead of random", check.Error, StringComparison.Ordinal);
        Assert.Equal(0.05, place.Read("check", "tiny.yaml", "--no-timing", "--set", "space.learning_rate=0.05").GetProperty("samples")[0]
            .GetProperty("learning_rate").GetDouble());
        var refused = place.Run("check", "tiny.yaml", "--set", "method.sampler=gpp");
        Assert.Equal(2, refused.Code);
        Assert.Contains("Did you mean \"gp\"?", refused.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Status_SaysWhatTheCampaignTakesOfTheDisk()
    {
        using var place = new Workplace();
        place.Write("keep.sh", """
            head -c 50000 /dev/zero > "$HYPERSEARCH_CHECKPOINT_DIR/model"
            echo '{"loss": '$HYPERSEARCH_TRIAL'}'
            """);
        place.Write("keep.yaml", """
            name: keep
            objective: {command: [sh, keep.sh], keep_checkpoints: 3}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            method: {trials: 8, workers: 2, sampler: random}
            """);
        Assert.Equal(0, place.Run("run", "keep.yaml", "--plots", "none").Code);
        var sizes = place.Read("status", "keep").GetProperty("sizes");
        Assert.Equal(new FileInfo(place.PathOf("results/keep/journal")).Length, sizes.GetProperty("journal_bytes").GetInt64());
        Assert.Equal(150_000, sizes.GetProperty("checkpoints_bytes").GetInt64());
        Assert.True(sizes.GetProperty("index_bytes").GetInt64() > 0);
        Assert.Contains("checkpoints 150 kB in 3 folders", place.Run("status", "keep").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_TakesASearchFileFromAPipe()
    {
        using var place = new Workplace();
        place.Write("piped.yaml", """
            name: piped
            objective: {command: [echo, '{{"loss": 1}}']}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            method: {trials: 2, workers: 1, sampler: random}
            """);
        using var shell = System.Diagnostics.Process.Start(new System.Diagnostics.ProcessStartInfo("sh")
        {
            WorkingDirectory = place.Folder,
            ArgumentList = { "-c", $"cat piped.yaml | dotnet {Workplace.Program} run /dev/stdin 2>/dev/null >/dev/null" },
        })!;
        shell.WaitForExit();
        Assert.Equal(0, shell.ExitCode);
        Assert.Equal(File.ReadAllText(place.PathOf("piped.yaml")), File.ReadAllText(place.PathOf("results/piped/search.yaml")));
    }

    [Fact]
    public async Task Logs_FollowsATrialThatRuns()
    {
        using var place = new Workplace();
        place.Write("talk.sh", """
            echo begun >&2
            while [ ! -e go ]; do sleep 0.1; done
            echo 'end of 0' >&2
            echo '{"loss": 1}'
            """);
        place.Write("talk.yaml", """
            name: talk
            objective: {command: [sh, talk.sh]}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            method: {trials: 1, workers: 1, sampler: random}
            """);
        using var running = place.Start("run", "talk.yaml");
        var log = place.PathOf("results/talk/logs/000000-0.log");
        while (!File.Exists(log) || !File.ReadAllText(log).Contains("begun", StringComparison.Ordinal))
            await Task.Delay(50, TestContext.Current.CancellationToken);
        var following = InProcess.RunAsync("logs", place.PathOf("results/talk"), "0", "-f"); // before the owner tells of the trial
        string show;
        while (!(show = place.Run("show", "talk", "0").Output).Contains("running", StringComparison.Ordinal))
            await Task.Delay(50, TestContext.Current.CancellationToken); // what runs is told once a second
        Assert.Contains("! begun", show, StringComparison.Ordinal);
        Assert.DoesNotContain("end of 0", place.Run("logs", "talk", "0").Output, StringComparison.Ordinal);
        place.Write("go", "");
        var followed = await following;
        Assert.True(followed.Code == 0, followed.Error);
        Assert.Contains("! begun", followed.Output, StringComparison.Ordinal);
        Assert.Contains("! end of 0", followed.Output, StringComparison.Ordinal);
        Assert.Equal(0, running.Finish().Code);
    }

    [Fact]
    public void Logs_ShowsWhatATrialPrintedAndShowHasItsTail()
    {
        using var place = new Workplace();
        place.Write("talk.sh", """
            echo hello from $HYPERSEARCH_TRIAL
            echo '{"loss": 1}'
            """);
        place.Write("talk.yaml", """
            name: talk
            objective: {command: [sh, talk.sh]}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            method: {trials: 2, workers: 1}
            """);
        var run = place.Run("run", "talk.yaml", "--plots", "none");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("hello from 1", place.Run("logs", "talk", "1").Output, StringComparison.Ordinal);
        Assert.Contains("hello from 1", place.Run("logs", "talk", "1", "-f").Output, StringComparison.Ordinal);
        var show = place.Run("show", "talk", "1").Output;
        Assert.Contains(Path.Combine("results", "talk", "logs", "000001-0.log"), show, StringComparison.Ordinal);
        Assert.Contains("  hello from 1", show, StringComparison.Ordinal);
        Assert.Equal(1, place.Read("show", "talk", "1").GetProperty("logs").GetArrayLength());
        var none = place.Run("logs", "talk", "7");
        Assert.Equal(2, none.Code);
        Assert.StartsWith("error: talk has no trial 7 that has ended: its trials are 0 to ", none.Error, StringComparison.Ordinal);
    }
}
