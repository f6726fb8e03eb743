using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;

namespace HyperSearch.Tests.Objectives;

/// <summary>A command of its own for each job: what a later job of the trial finds and need not repeat.</summary>
public class OnceResumptionTests : CommandFixture
{
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

    /// <summary>A log that a worker elsewhere has sent is for people: it may lack the epochs before.</summary>
    [Fact]
    public void Run_BeginsItsOwnLogWhereAnotherMachineHasSentTheEndOfOne()
    {
        var job = Job(from: 0, to: 2);
        Directory.CreateDirectory(Path.GetDirectoryName(job.LogPath)!);
        File.WriteAllBytes(job.LogPath, JobLog.Sent("{\"epoch\": 2, \"dev_error\": 0.9}\n"u8, "all of it", isCut: false));
        Run(Shell("for at in 1 2; do echo talking; echo \"{\\\"epoch\\\": $at, \\\"dev_error\\\": 0.$at}\"; done"), job);
        Assert.Equal([0.1, 0.2], job.Reports.Select(report => report.Metrics["dev_error"]));
        Assert.Contains("talking\n", job.Log, StringComparison.Ordinal);
        Assert.DoesNotContain("elsewhere", job.Log, StringComparison.Ordinal);
    }

    private void Run(CommandObjective objective, FakeJob job) => objective.Run(job, Cancelled);
}
