namespace HyperSearch.Cli.Tests.EndToEnd;

public sealed class CampaignTests
{
    [Fact]
    public void Run_PrintsTheRankingTheDiagnosisAndTheTestErrorOnce()
    {
        using var place = new Workplace();
        var run = place.Run("run", "tiny.yaml");
        Assert.True(run.Code == 0, run.Error);
        Assert.Contains("tiny: 6 trials, ranked by dev_error", run.Output, StringComparison.Ordinal);
        Assert.Contains("Diagnosis of trial", run.Output, StringComparison.Ordinal);
        Assert.Equal(2, run.Output.Split("test_error").Length);
        Assert.Contains(Path.Combine("results", "tiny", "plots"), run.Output, StringComparison.Ordinal);
        Assert.NotEmpty(Directory.GetFiles(place.PathOf("results/tiny/plots"), "*.png"));
        Assert.DoesNotContain("\u001b", run.Output + run.Error, StringComparison.Ordinal);
        Assert.Contains("6/6 trials", run.Error, StringComparison.Ordinal);

        var rank = place.Read("rank", "tiny");
        Assert.Equal(6, rank.GetArrayLength());
        Assert.Equal(Enumerable.Range(1, 6), rank.EnumerateArray().Select(trial => trial.GetProperty("rank").GetInt32()));
        var status = place.Read("status", "tiny");
        Assert.Equal("finished", status.GetProperty("state").GetString());
        Assert.Equal(rank[0].GetProperty("trial").GetInt32(), status.GetProperty("best").GetProperty("trial").GetInt32());
        Assert.Equal("tiny", place.Read("list")[0].GetProperty("campaign").GetString());
        Assert.Equal(3, place.Read("show", "tiny", "0").GetProperty("curve").GetProperty("dev_error").GetArrayLength());
        var export = place.Run("export", "tiny");
        Assert.Equal(0, export.Code);
        var rows = export.Output.TrimEnd().Split('\n');
        Assert.Equal(7, rows.Length);
        Assert.StartsWith("trial,state,value,epochs,", rows[0], StringComparison.Ordinal);
        Assert.All(rows[1..], row => Assert.Contains(",completed,", row, StringComparison.Ordinal));
    }

    [Fact]
    public void Run_OfWhichNoTrialSucceedsEndsWith1AndSaysWhy()
    {
        using var place = new Workplace();
        place.Write("broken.yaml", """
            objective: {command: [sh, -c, 'echo no such device >&2; exit 3']}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            method: {sampler: random, trials: 2}
            limits: {retries: 0}
            """);
        var run = place.Run("run", "broken.yaml");
        Assert.Equal(1, run.Code);
        Assert.Contains("No trial of broken succeeded", run.Error, StringComparison.Ordinal);
        Assert.Contains("no such device", run.Error, StringComparison.Ordinal);
        Assert.Contains("resume broken --retry-failed", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RefusesAnExistingCampaignAndNamesTheWaysOut()
    {
        using var place = new Workplace();
        Directory.CreateDirectory(place.PathOf("results/tiny"));
        var again = place.Run("run", "tiny.yaml");
        Assert.Equal(2, again.Code);
        Assert.Contains("resume tiny", again.Error, StringComparison.Ordinal);
        Assert.Contains("--name tiny-2", again.Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Resume_ExtendsAFinishedCampaign()
    {
        using var place = new Workplace();
        Assert.Equal(0, place.Run("run", "tiny.yaml", "--trials", "3", "--plots", "none").Code);
        Assert.Equal(0, place.Run("resume", "tiny", "--trials", "5", "--plots", "none").Code);
        Assert.Equal(5, place.Read("rank", "tiny").GetArrayLength());
    }

    [Fact]
    public void Run_GivesTheSameRankingWithAnyNumberOfWorkers()
    {
        using var place = new Workplace();
        Assert.Equal(0, place.Run("run", "tiny.yaml", "--name", "one", "--workers", "1", "--plots", "none").Code);
        Assert.Equal(0, place.Run("run", "tiny.yaml", "--name", "three", "--workers", "3", "--plots", "none").Code);
        Assert.Equal(Timeless.Text(place.Read("rank", "one")), Timeless.Text(place.Read("rank", "three")));
    }

    [Theory]
    [InlineData("INT")]
    [InlineData("TERM")]
    public async Task Run_InterruptedEndsWith130AndResumeGivesTheRankingOfAnUninterruptedRun(string signal)
    {
        Assert.SkipWhen(signal == "INT" && StartedWithInterruptsIgnored(),
            "Whoever started the tests ignores SIGINT, as a shell does for a job in the background, and every child inherits that.");
        using var place = new Workplace();
        place.Write("tiny.yaml",
            Workplace.Search.Replace("trials: 6", "trials: 40", StringComparison.Ordinal)
                .Replace("epochs: 3", "epochs: 2000", StringComparison.Ordinal));
        using (var running = place.Start("run", "tiny.yaml", "--name", "cut", "--workers", "1", "--plots", "none"))
        {
            await running.NotesAsync("/40 trials, best");
            running.Signal(signal);
            var cut = running.Finish();
            Assert.Equal(130, cut.Code);
            Assert.EndsWith("hypersearch resume cut", cut.LastNote, StringComparison.Ordinal);
        }

        Assert.Equal("interrupted", place.Read("status", "cut").GetProperty("state").GetString());
        Assert.Equal(0, place.Run("resume", "cut", "--plots", "none").Code);
        Assert.Equal(0, place.Run("run", "tiny.yaml", "--name", "straight", "--plots", "none").Code);
        Assert.Equal(Timeless.Text(place.Read("rank", "straight")), Timeless.Text(place.Read("rank", "cut")));
    }

    /// <summary>Whether SIGINT, signal 2, is in the set that this process ignores.</summary>
    private static bool StartedWithInterruptsIgnored()
    {
        var ignored = File.ReadLines("/proc/self/status")
            .First(line => line.StartsWith("SigIgn:", StringComparison.Ordinal))["SigIgn:".Length..];
        return (Convert.ToUInt64(ignored.Trim(), 16) & 0b10) != 0;
    }
}
