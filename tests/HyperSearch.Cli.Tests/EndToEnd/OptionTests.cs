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
        var run = place.Run("run", "late.yaml");
        Assert.Contains("hypersearch resume late --retry-failed", run.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("--trials 40", run.Output, StringComparison.Ordinal);
        Assert.Contains("hypersearch resume late --retry-failed", place.Run("resume", "late").Error, StringComparison.Ordinal);
        var failed = place.Read("status", "late").GetProperty("trials").GetProperty("failed").GetInt32();
        Assert.InRange(failed, 4, 6);

        File.Delete(place.PathOf("broken"));
        var resumed = place.Run("resume", "late", "--retry-failed");
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
        Assert.Equal(0, place.Run("run", "tiny.yaml").Code);
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
        var run = place.Run("run", "tiny.yaml", "--set", "space.learning_rate=0.05", "--set", "method.trials=2");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("Set by the command line: space.learning_rate=0.05, instead of {log: [1e-3, 1]}", run.Error,
            StringComparison.Ordinal);
        Assert.Contains("# Set by the command line: method.trials=2", File.ReadAllText(place.PathOf("results/tiny/search.yaml")),
            StringComparison.Ordinal);
        var trials = place.Read("rank", "tiny");
        Assert.Equal(2, trials.GetArrayLength());
        Assert.All(trials.EnumerateArray(),
            trial => Assert.Equal(0.05, trial.GetProperty("params").GetProperty("learning_rate").GetDouble()));
        Assert.Equal(0, place.Run("resume", "tiny", "--trials", "3").Code);
        Assert.Equal(2, place.Run("run", "tiny.yaml", "--name", "b", "--set", "space.learning_rate={log: [0, 1]}").Code);
        Assert.False(Directory.Exists(place.PathOf("results/b")));
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
        var run = place.Run("run", "talk.yaml");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("hello from 1", place.Run("logs", "talk", "1").Output, StringComparison.Ordinal);
        Assert.Contains("hello from 1", place.Run("logs", "talk", "1", "-f").Output, StringComparison.Ordinal);
        var show = place.Run("show", "talk", "1").Output;
        Assert.Contains(Path.Combine("results", "talk", "logs", "000001-0.log"), show, StringComparison.Ordinal);
        Assert.Contains("  hello from 1", show, StringComparison.Ordinal);
        Assert.Equal(1, place.Read("show", "talk", "1").GetProperty("logs").GetArrayLength());
        Assert.Equal(2, place.Run("logs", "talk", "7").Code);
    }
}
