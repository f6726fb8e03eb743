using System.Diagnostics;

namespace HyperSearch.Cli.Tests.EndToEnd;

/// <summary>The process in surroundings that give it little: few open files, and an end before it has begun.</summary>
public sealed class SurroundingsTests
{
    [Theory]
    [InlineData(40)]
    [InlineData(64)]
    [InlineData(100)]
    [InlineData(150)]
    public void Run_WithTooFewOpenFilesSaysSo(int files)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Asks Linux for its limit.");
        using var place = new Workplace();
        using var running = Shell(place, $"ulimit -n {files}; exec dotnet {Workplace.Program} run tiny.yaml");
        var finished = running.Finish();
        Assert.True(finished.Code == 1, $"{finished.Code}: {finished.Error}");
        Assert.StartsWith($"error: Only {files} files may be open at a time (ulimit -n)", finished.Error, StringComparison.Ordinal);
        Assert.False(Directory.Exists(place.PathOf("results")));
    }

    /// <summary>Before its first line runs, the runtime ends the process without a word; from then on it speaks.</summary>
    [Fact]
    public async Task Run_ToldToEndAtOnceSaysSoAndLeavesNothingHalfMade()
    {
        var early = new List<string>();
        for (var (delay, began) = (10, false); !began && delay < 60_000; delay += Math.Max(20, delay / 4))
        {
            using var place = new Workplace();
            using var running = place.Start("run", "tiny.yaml", "--set", "objective.train.epochs=3000");
            await Task.Delay(delay, TestContext.Current.CancellationToken);
            running.Signal("TERM");
            var finished = running.Finish();
            began = Directory.Exists(place.PathOf("results/tiny"));
            if (began)
            {
                Assert.Equal(130, finished.Code);
                Assert.Contains("To go on: hypersearch resume tiny", finished.Error.Split('\n')[^1], StringComparison.Ordinal);
                Assert.Equal("interrupted", place.Read("status", "tiny").GetProperty("state").GetString());
                Assert.Equal(["tiny"], Directory.GetFileSystemEntries(place.PathOf("results")).Select(Path.GetFileName));
            }
            else
            {
                Assert.Equal(143, finished.Code);
                early.Add(finished.Error);
                if (Directory.Exists(place.PathOf("results")))
                    Assert.Empty(Directory.GetFileSystemEntries(place.PathOf("results")));
            }
        }

        const string Said = "Interrupted before the campaign began to run; nothing was changed.";
        Assert.Contains(early, error => error.EndsWith(Said, StringComparison.Ordinal));
    }

    /// <summary>Nobody can be given the answer, which a script has to learn.</summary>
    [Theory]
    [InlineData("list", ">/dev/full", "No space left on device")]
    [InlineData("list", ">&-", "")]
    [InlineData("run tiny.yaml --plots none", ">/dev/full", "No space left on device")]
    [InlineData("serve --port 0 --no-token", ">/dev/full", "No space left on device")]
    public void Verb_WithoutAnOutputSaysSoAndFails(string verb, string redirection, string why)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Has /dev/full.");
        using var place = new Workplace();
        using var running = Shell(place, $"exec dotnet {Workplace.Program} {verb} {redirection}");
        var finished = running.Finish();
        Assert.True(finished.Code == 1, $"{finished.Code}: {finished.Error}");
        Assert.StartsWith($"error: The output cannot be written: {why}", finished.Error.Split('\n')[^1], StringComparison.Ordinal);
    }

    /// <summary>The disk of a log is full, or the terminal was closed: a campaign needs nobody to watch it.</summary>
    [Theory]
    [InlineData("2>/dev/full")]
    [InlineData("2>&-")]
    public void Run_WithoutANotesReaderGoesOn(string redirection)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Has /dev/full.");
        using var place = new Workplace();
        using var running = Shell(place, $"exec dotnet {Workplace.Program} run tiny.yaml --plots none {redirection}");
        var finished = running.Finish();
        Assert.Equal(0, finished.Code);
        Assert.Contains("tiny: 6 trials, ranked by dev_error", finished.Output, StringComparison.Ordinal);
    }

    /// <summary>What a terminal does that is closed: it takes no more text, and sends SIGHUP.</summary>
    [Fact]
    public async Task Run_WhoseTerminalIsClosedEndsInOrder()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Has /dev/full.");
        using var place = new Workplace();
        using var running = Shell(place,
            $"exec dotnet {Workplace.Program} run tiny.yaml --set objective.train.epochs=100000 2>/dev/full >/dev/full");
        while (!File.Exists(place.PathOf("results/tiny/live.json")))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        running.Signal("HUP");
        Assert.Equal(130, running.Finish().Code);
        Assert.Equal("interrupted", place.Read("status", "tiny").GetProperty("state").GetString());
    }

    /// <summary>Who does not want to wait for a program that ignores SIGTERM.</summary>
    [Fact]
    public async Task Run_InterruptedTwiceEndsAtOnceAndSaysHowToGoOn()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Commands run on Linux.");
        using var place = new Workplace();
        place.Write("deaf.yaml", """
            name: deaf
            objective: {command: [sh, -c, "trap '' TERM; sleep 30"], grace: 8s}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            method: {trials: 2, workers: 1, sampler: random}
            """);
        using var running = place.Start("run", "deaf.yaml");
        while (!File.Exists(place.PathOf("results/deaf/live.json")))
            await Task.Delay(20, TestContext.Current.CancellationToken);
        running.Signal("INT");
        await running.NotesAsync("Stopping;");
        running.Signal("INT");
        var finished = running.Finish();
        Assert.Equal(130, finished.Code);
        Assert.EndsWith("will be run again. To go on: hypersearch resume deaf", finished.Error, StringComparison.Ordinal);
    }

    /// <summary>Only pictures are drawn then, and nothing can be resumed.</summary>
    [Fact]
    public async Task Run_ToldToEndAtItsPicturesSaysWhereTheAnswerIs()
    {
        using var place = new Workplace();
        using var running = place.Start("run", "tiny.yaml");
        await running.NotesAsync("tiny: all 6 trials are done");
        running.Signal("TERM");
        var finished = running.Finish();
        Assert.SkipWhen(finished.Code == 0, "The pictures were drawn before the signal came.");
        Assert.Equal(143, finished.Code);
        Assert.Equal("Interrupted when the campaign had ended. To see what it found: hypersearch best tiny",
            finished.Error.Split('\n')[^1]);
    }

    /// <summary>Network folders often know no locks; .NET can be told to take none, which looks the same.</summary>
    [Fact]
    public async Task Run_OnADiskWithoutLocksSaysSoAndStaysAlone()
    {
        const string Unlocked = "DOTNET_SYSTEM_IO_DISABLEFILELOCKING=1 exec dotnet ";
        using var place = new Workplace();
        place.Write("slow.yaml", """
            name: tiny
            objective: {command: [sh, -c, "sleep 1; echo '{{\"loss\": 1}}'"]}
            minimize: loss
            space: {x: {uniform: [0, 1]}}
            method: {trials: 500, workers: 1, sampler: random}
            """);
        using var running = Shell(place, $"{Unlocked}{Workplace.Program} run slow.yaml");
        await running.NotesAsync("knows no file locks, so two processes are kept apart only by");
        using var status = Shell(place, $"{Unlocked}{Workplace.Program} status tiny");
        Assert.Contains("state     running", status.Finish().Output, StringComparison.Ordinal);
        foreach (var look in (string[])["rank tiny", "show tiny 99", "export tiny --format jsonl", "list", "plot tiny", "doctor tiny"])
        {
            using var looking = Shell(place, $"{Unlocked}{Workplace.Program} {look}");
            Assert.InRange(looking.Finish().Code, 0, 2);
        }

        using var second = Shell(place, $"{Unlocked}{Workplace.Program} resume tiny");
        var refused = second.Finish();
        Assert.Equal(1, refused.Code);
        Assert.Contains("\"tiny\" is being run by process", refused.Error, StringComparison.Ordinal);
        running.Signal("TERM");
        Assert.Equal(130, running.Finish().Code);
        using var after = Shell(place, $"{Unlocked}{Workplace.Program} status tiny");
        Assert.Contains("state     interrupted", after.Finish().Output, StringComparison.Ordinal);
    }

    private static Running Shell(Workplace place, string command) => new(Process.Start(new ProcessStartInfo("sh")
    {
        WorkingDirectory = place.Folder,
        RedirectStandardOutput = true,
        RedirectStandardError = true,
        RedirectStandardInput = true,
        Environment = { ["TMPDIR"] = place.Temporary },
        ArgumentList = { "-c", command },
    })!);
}
