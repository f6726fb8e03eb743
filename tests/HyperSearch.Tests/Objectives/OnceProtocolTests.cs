using System.Collections.Immutable;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Objectives;

public class OnceProtocolTests : CommandFixture
{
    [Theory]
    [InlineData("a b  c")]
    [InlineData("")]
    [InlineData("$(touch pwned) `touch pwned` ; touch pwned & | > pwned ' \" \\ * ~ !")]
    [InlineData("two\nlines\n")]
    [InlineData("--flag=ü — 字")]
    public void Run_PassesAnyWordUnchanged(string word)
    {
        var objective = Shell(
            """printf '%s|' "$@" > seen; printf '%s' "$HYPERSEARCH_PARAMS" > json""", ["{word}", "w={word}"], parameters: ["word"]);
        Run(objective, Job(point: ("word", word)));
        Assert.Equal($"{word}|w={word}|", Read("seen"));
        Assert.Equal(word, System.Text.Json.JsonDocument.Parse(Read("json")).RootElement.GetProperty("word").GetString());
        Assert.False(File.Exists(Path.Combine(Folder, "pwned")));
    }

    [Fact]
    public void Run_PassesNumbersWhateverTheLocale()
    {
        var objective = Shell("""echo "$@" > seen; echo "$LC_ALL" >> seen""", ["{lr}", "{units}", "{bn}"], definition => definition with
        {
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("LC_ALL", "de_DE.UTF-8"),
        }, "lr", "units", "bn");
        Run(objective, Job(point: [("lr", 1e-7), ("units", 65536), ("bn", true)]));
        Assert.Equal("1e-7 65536 true\nde_DE.UTF-8\n", Read("seen"));
    }

    [Fact]
    public void Run_TellsTheCommandOfItsJob()
    {
        var objective = Shell("""
            echo "$HYPERSEARCH_TRIAL $HYPERSEARCH_EPOCHS $HYPERSEARCH_SEED" > seen
            echo "$HYPERSEARCH_CHECKPOINT_DIR" >> seen
            pwd >> seen
            """);
        var job = Job(trial: 17, from: 3, to: 9);
        Run(objective, job);
        Assert.Equal($"17 9 {(0x12345678u ^ 0x9ABCDEF0u) & int.MaxValue}\n{job.CheckpointFolder}\n{Folder}\n", Read("seen"));
    }

    [Theory]
    [InlineData(0, "a")]
    [InlineData(1, "b,c")]
    [InlineData(5, "b,c")]
    public void Run_GivesEachWorkerItsDevice(int worker, string device)
    {
        const string script = """echo "$1 $HYPERSEARCH_WORKER $CUDA_VISIBLE_DEVICES $HOME_OF" > seen""";
        var objective = Shell(script, ["{worker}"], definition => definition with
        {
            Devices = ["a", "b,c"],
            Environment = ImmutableSortedDictionary<string, string>.Empty.Add("HOME_OF", "w{worker}"),
        });
        Run(objective, new FakeJob(Folder) { Worker = worker });
        Assert.Equal($"{worker} {worker} {device} w{worker}\n", Read("seen"));
    }

    [Fact]
    public void Run_KeepsTheSecretOfTheClusterFromTheProgram()
    {
        Environment.SetEnvironmentVariable("HYPERSEARCH_SECRET", "hs1_");
        Run(Shell("""echo "[$HYPERSEARCH_SECRET]" > seen"""), Job());
        Assert.Equal("[]\n", Read("seen"));
    }

    [Fact]
    public void Run_ReportsMeasurementsAndLogsTheRest()
    {
        var objective = Shell("""
            echo loading
            echo '{"epoch": 1, "dev_error": 0.5}'
            echo careful >&2
            echo '{"dev_error": NaN, "name": "x"}'
            printf '{"epoch": 3, "dev_error": 0.25}'
            """);
        var job = Job();
        Run(objective, job);
        Assert.Equal([1, 2, 3], job.Epochs);
        Assert.Equal([0.5, double.NaN, 0.25], job.Reports.Select(report => report.Metrics["dev_error"]));
        Assert.Contains("\nloading\n", job.Log, StringComparison.Ordinal);
        Assert.Contains("\n! careful\n", job.Log, StringComparison.Ordinal);
        Assert.Contains("# ended with exit code 0\n", job.Log, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("exit 3", "exit code 3 after epoch 2.")]
    [InlineData("kill -KILL $$", "signal 9 (SIGKILL, as when memory runs out) after epoch 2.")]
    [InlineData("kill -SEGV $$", "signal 11 (SIGSEGV)")]
    public void Run_SaysHowTheCommandFailedAndWhatItSaidLast(string end, string expected)
    {
        var objective = Shell($$"""
            seq 1 30
            echo '{"epoch": 2, "dev_error": 0.5}'
            echo "out of luck" >&2
            {{end}}
            """);
        var failure = Assert.Throws<TransientFailureException>(() => Run(objective, Job()));
        Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        Assert.Contains("It last printed:\n", failure.Message, StringComparison.Ordinal);
        Assert.Contains("  out of luck", failure.Message, StringComparison.Ordinal);
        Assert.Contains("  30\n", failure.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("  9\n", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Objective_OfACommandIsRefusedElsewhereThanOnLinux()
    {
        var refusal = Assert.Throws<CampaignException>(() =>
            new CommandObjective(new CommandDefinition(["true"], Folder), new Space([]), isLinux: false));
        Assert.StartsWith("Commands run on Linux only", refusal.Message, StringComparison.Ordinal);
        new CommandObjective(new CommandDefinition(["true"], Folder), new Space([]), isLinux: true).Dispose();
    }

    [Fact]
    public void Run_ReportsNothingWhereNothingIsMeasured()
    {
        var job = Job();
        Run(Shell("echo \"{'dev_error': 1}\""), job);
        Assert.Empty(job.Reports);
        Assert.Contains("how Python shows a dict", job.MissingMetric, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""echo '{"Dev_Error": 1}'""", "It printed Dev_Error; did you mean that?")]
    [InlineData("""echo '{"loss": 1, "dev_eror": 1}'""", "did you mean \"dev_error\"?|Did you mean \"dev_eror\"?")]
    [InlineData("""printf '{\n  "dev_error": 1\n}\n'""", "It printed JSON over several lines")]
    [InlineData("""echo '{"dev_error": 1}' >&2""", "to standard error")]
    [InlineData("""echo '{"dev_error": "0.5"}'""", "as the text \"0.5\"")]
    [InlineData("""echo '{"dev_error": true}'""", "It printed dev_error as true; print a number.")]
    [InlineData("""printf '{"dev_error": 1, "x": "'; head -c 2000000 /dev/zero | tr '\\0' y; echo '"}'""",
        "It printed dev_error in a line longer than 1 MiB, which was cut and not read")]
    [InlineData("""echo '{"metrics": {"dev_error": 1}}'""", "inside another object")]
    [InlineData("""echo '[{"dev_error": 1}]'""", "It printed a list")]
    [InlineData("""echo 'done, dev_error = 1'""", "is no JSON object")]
    [InlineData("""echo '{"epoch": 1.5, "dev_error": 1}'""", "no whole number from 0 to 2147483647")]
    [InlineData("""echo '{"epoch": 9007199254740993, "dev_error": 1}'""", "no whole number from 0 to 2147483647")]
    [InlineData("""echo '{"dev_error": 0,5}'""", "It printed dev_error as 0,5, which is no JSON; print {\"epoch\"")]
    [InlineData("""echo '{"epoch": 1, "dev_error": nan, "x": 1}'""", "It printed dev_error as nan, which is no JSON")]
    [InlineData("""echo '{"dev_error": 0.5,}'""", "It printed {\"dev_error\": 0.5,}, which is no JSON")]
    [InlineData("""echo '{"dev_error": None}'""", "It printed dev_error as None, which is no JSON")]
    [InlineData("""printf '{"x": "'; head -c 2000000 /dev/zero | tr '\\0' y; echo '", "dev_error": 1}'""",
        "It printed a line longer than 1 MiB")]
    [InlineData("true", "It printed nothing.")]
    public void Run_NamesANearMiss(string script, string expected)
    {
        var job = Job();
        Run(Shell(script), job);
        Assert.StartsWith("The command reported no dev_error.", job.MissingMetric, StringComparison.Ordinal);
        Assert.True(expected.Split('|').Any(one => job.MissingMetric!.Contains(one, StringComparison.Ordinal)), job.MissingMetric);
    }

    [Theory]
    [InlineData("""echo 'INFO: {"dev_error": 0.5}'""")]
    [InlineData("""echo 'options: {"lr": 0.1}'; echo '12:00 root {"epoch": 1, "dev_error": 0.5}'; echo '{"lr": 1} and more'""")]
    [InlineData("""printf '\r 10%%|#   |\r 100%%|####|'; echo '{"dev_error": 0.5}'""")]
    [InlineData("""printf '\r 10%%|#   |\r{"dev_error": 0.5}\r 100%%|####|\r'""")]
    public void Run_ReadsAMeasurementAfterAPrefixOrAProgressBar(string script)
    {
        var job = Job();
        Run(Shell(script), job);
        Assert.Equal([0.5], job.Reports.Select(report => report.Metrics["dev_error"]));
        Assert.Null(job.MissingMetric);
    }

    [Theory]
    [InlineData(0, "0 1 2", new[] { 1, 2, 3 })]
    [InlineData(0, "0 1 2 3", new[] { 1, 2, 3 })]
    [InlineData(1, "1 2", new[] { 2, 3 })]
    [InlineData(0, "1 2", new[] { 1, 2 })]
    public void Run_UnderstandsEpochsFromZero(int from, string epochs, int[] expected)
    {
        var job = Job(from: from);
        var script = $$"""for e in {{epochs}}; do echo "{\"epoch\": $e, \"dev_error\": 0.$e}"; done""";
        Run(Shell(script, change: definition => definition with { Epochs = 9 }), job);
        Assert.Equal(expected, job.Epochs);
        Assert.Equal(epochs[0] == '0' ? 1 : 0, job.Warnings.Count); // at the first measurement, when nobody can tell the two apart
        Assert.Equal(double.Parse("0." + epochs[^1], System.Globalization.CultureInfo.InvariantCulture), job.Value);
    }

    [Fact]
    public void Run_RefusesAMeasurementBeyondTheBudgetWithNothingBefore()
    {
        var objective = Shell("""echo '{"epoch": 5, "dev_error": 0.5}'""", change: definition => definition with { Epochs = 9 });
        var failure = Assert.Throws<CommandFailedException>(() => Run(objective, Job(to: 3)));
        Assert.Contains("measured epoch 5, beyond its budget of 3 epochs", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_SaysWhyAProgramCannotStart()
    {
        Write("plain.sh", "#!/bin/sh\n");
        WriteProgram("no-header", "\u0001\u0002");
        WriteProgram("no-interpreter", "#!/nowhere/sh\n");
        Fails("no-such-program", "is not in PATH. Install it");
        Fails("plain.sh", "write \"./plain.sh\" to run it");
        Fails("./plain.sh", "may not be executed");
        Fails("./missing", "does not exist");
        Fails(".", "is a folder", "/");
        Fails("./no-header", "#!/bin/sh");
        Fails("./no-interpreter", "or the interpreter");

        void Fails(string program, string expected, string suffix = "")
        {
            var failure = Assert.Throws<CommandFailedException>(() => Run(Command([program + suffix]), Job()));
            Assert.Contains(expected, failure.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Run_RunsAScriptThatNamesItsInterpreter()
    {
        WriteProgram("train", "#!/bin/sh\necho '{\"dev_error\": 0.5}'\n");
        var job = Job();
        Run(Command(["./train"]), job);
        Assert.Equal(0.5, job.Value);
    }

    [Fact]
    public void Run_NamesAMissingWorkingDirectory()
    {
        var objective = Command(["sh", "-c", "exit 0"], definition => definition with { WorkingDirectory = Path.Combine(Folder, "gone") });
        var failure = Assert.Throws<CommandFailedException>(() => Run(objective, Job()));
        Assert.Contains("gone\" does not exist", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_RefusesANulCharacter()
    {
        var failure = Assert.Throws<CommandFailedException>(() =>
            Run(Shell("", ["{word}"], parameters: ["word"]), Job(point: ("word", "a\0b"))));
        Assert.Contains("\"a\\0b\"", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_KeepsTheCheckpointFolderFromJobToJob()
    {
        var objective = Shell("""
            cd "$HYPERSEARCH_CHECKPOINT_DIR"
            at=$(cat epoch 2>/dev/null || echo 0)
            while [ "$at" -lt "$HYPERSEARCH_EPOCHS" ]; do
              at=$((at + 1)); echo $at > epoch; echo "{\"epoch\": $at, \"dev_error\": 0.$at}"
            done
            """);
        var (first, second) = (Job(from: 0, to: 2), Job(from: 2, to: 5));
        Run(objective, first);
        Run(objective, second);
        Assert.Equal([1, 2], first.Epochs);
        Assert.Equal([3, 4, 5], second.Epochs);
    }

    [Fact]
    public void Run_LeavesOutEpochsThatTheTrialHadBefore()
    {
        var job = Job(from: 2, to: 4);
        Run(Shell("""for e in 1 2 3 4; do echo "{\"epoch\": $e, \"dev_error\": 0.$e}"; done"""), job);
        Assert.Equal([3, 4], job.Epochs);
    }

    [Fact]
    public void Run_ReportsAMeasurementAgainWhenNothingWasLeftToDo()
    {
        var job = Job(from: 2, to: 4);
        Run(Shell("""echo '{"epoch": 2, "dev_error": 0.25}'"""), job);
        Assert.Equal([2], job.Epochs);
        Assert.Equal(0.25, job.Value);
    }

    [Fact]
    public void Run_JoinsTheEpochsOfAnAttemptThatWasKilled()
    {
        var objective = Shell("""
            cd "$HYPERSEARCH_CHECKPOINT_DIR"
            at=$(cat epoch 2>/dev/null || echo 0)
            while [ "$at" -lt 4 ]; do
              at=$((at + 1)); echo "{\"epoch\": $at, \"dev_error\": 0.$at}"; echo $at > epoch
              if [ "$at" = 2 ] && [ ! -f died ]; then touch died; kill -KILL $$; fi
            done
            """);
        Assert.Throws<TransientFailureException>(() => Run(objective, Job(to: 4)));
        var job = Job(to: 4);
        Run(objective, job);
        // The first attempt died with epoch 2 measured; whether its checkpoint says 1 or 2, no epoch is missing and none comes twice.
        Assert.Equal([1, 2, 3, 4], job.Epochs);
        Assert.Equal([0.1, 0.2, 0.3, 0.4], job.Reports.Select(report => report.Metrics["dev_error"]));
    }

    /// <summary>As when we were killed: the command had measured three epochs and kept the third, and we had read this much.</summary>
    [Theory]
    [InlineData(0, "")]
    [InlineData(0, "{\"epoch\": 1, \"dev_error\": 0.1}\n")]
    [InlineData(2, "# job 7 of trial 7, epochs 2 to 4\n")]
    public void Run_StartsAfreshWhereEpochsWereNeverRead(int from, string read)
    {
        var job = Job(from: from, to: 4);
        File.WriteAllText(Path.Combine(job.CheckpointFolder, "epoch"), from == 0 ? "3" : "4");
        if (read.Length > 0)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(job.LogPath)!);
            File.WriteAllText(job.LogPath, read);
        }

        Run(Shell("""
            cd "$HYPERSEARCH_CHECKPOINT_DIR"
            at=$(cat epoch 2>/dev/null || echo 0)
            while [ "$at" -lt 4 ]; do
              at=$((at + 1)); echo "{\"epoch\": $at, \"dev_error\": 0.$at}"; echo $at > epoch
            done
            """), job);
        Assert.Equal(Enumerable.Range(from + 1, 4 - from), job.Epochs);
        Assert.Contains("starts afresh", job.Log, StringComparison.Ordinal);
    }

    /// <summary>Another machine was killed in the midst of the job: its log came with its checkpoint.</summary>
    [Fact]
    public void Run_GoesOnFromACheckpointAndTheLogThatCameWithIt()
    {
        var job = Job(from: 2, to: 6);
        File.WriteAllText(Path.Combine(job.CheckpointFolder, "epoch"), "4");
        File.WriteAllText(
            Path.Combine(job.CheckpointFolder, ".hypersearch-log-2.log"),
            "{\"epoch\": 3, \"dev_error\": 0.3}\n{\"epoch\": 4, \"dev_error\": 0.4}\n{\"epoch\": 5, \"dev_error\": 0.5}\n");
        File.WriteAllText(Path.Combine(job.CheckpointFolder, ".hypersearch-log-0.log"), "{\"epoch\": 1, \"dev_error\": 0.1}\n");
        Run(Shell("""
            cd "$HYPERSEARCH_CHECKPOINT_DIR"
            ls -A > "$OLDPWD/seen"
            for at in 5 6; do echo "{\"epoch\": $at, \"dev_error\": 0.$at}"; done
            """), job);
        Assert.Equal("epoch\n", Read("seen"));
        Assert.Equal([0.3, 0.4, 0.5, 0.6], job.Reports.Select(report => report.Metrics["dev_error"]));
    }

    [Fact]
    public void Run_TakesItThatACommandMeasuresEveryOtherEpoch()
    {
        var job = Job(to: 8);
        Directory.CreateDirectory(Path.GetDirectoryName(job.LogPath)!);
        File.WriteAllText(job.LogPath, "{\"epoch\": 2, \"dev_error\": 0.2}\n");
        Run(Shell("""for e in 4 6 8; do echo "{\"epoch\": $e, \"dev_error\": 0.$e}"; done"""), job);
        Assert.Equal([2, 4, 6, 8], job.Epochs);
    }

    [Fact]
    public void Run_SurvivesGarbage()
    {
        var job = Job();
        Run(Shell("""
            head -c 3000000 /dev/zero
            head -c 100000 /dev/urandom
            echo
            head -c 1500000 /dev/zero | tr '\0' 'x' >&2
            printf '\n{"dev_error": 0.5}'
            """), job);
        Assert.Equal(0.5, job.Value);
        Assert.Contains("was longer than 1 MiB", job.Log, StringComparison.Ordinal);
    }

    [Fact]
    public void Run_GoesOnWithoutALogThatCannotBeWritten()
    {
        Write("logs", "a file where the folder should be");
        var job = Job();
        Run(Shell("""echo '{"dev_error": 0.5}'"""), job);
        Assert.Equal(0.5, job.Value);
    }

    private void Run(CommandObjective objective, FakeJob job) => objective.Run(job, Cancelled);
}
