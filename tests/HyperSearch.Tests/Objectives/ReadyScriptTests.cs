using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Commands;
using HyperSearch.Hosting.Searches;

namespace HyperSearch.Tests.Objectives;

/// <summary>The scripts under <c>searches/</c> do what their search files promise.</summary>
public class ReadyScriptTests : CommandFixture
{
    private static readonly double[] Centre = [0.5, 0.5, 0.5, 0.5];

    private static bool HasPython { get; } = Programs.Exist("python3");

    [Theory]
    [InlineData("python.yaml", 3, 9)]
    [InlineData("shell.yaml", 2, 8)]
    public void Script_GoesOnFromItsCheckpointAsIfNeverInterrupted(string file, int rung, int full)
    {
        Assert.SkipUnless(HasPython || file != "python.yaml", "python3 is not installed");
        var search = SearchFile.Read(Path.Combine(Repository.Folder("searches"), file));
        using var objective = new CommandObjective((CommandDefinition)search.Objective, search.Space);
        var (through, first, second) = (Make(1, 0, full), Make(2, 0, rung), Make(2, rung, full));
        objective.Run(through, Cancelled);
        objective.Run(first, Cancelled);
        objective.Run(second, Cancelled);

        Assert.Equal(Enumerable.Range(1, full), through.Epochs);
        Assert.Equal(through.Epochs, first.Epochs.Concat(second.Epochs));
        Assert.Equal(Values(through).AsEnumerable(), Values(first).Concat(Values(second)));
        Assert.True(Values(through)[^1] < Values(through)[0], "It has learnt nothing.");

        FakeJob Make(int trial, int from, int to) =>
            new(Folder, trial, from, to,
                [.. search.Space.At(Centre.AsSpan(0, search.Space.Dimensions)).Select(pair => (pair.Key, pair.Value))]);

        double[] Values(FakeJob job) => [.. job.Reports.Select(report => report.Metrics[search.Metric])];
    }

    [Fact]
    public void Worker_AnswersOneRequestAfterAnother()
    {
        Assert.SkipUnless(HasPython, "python3 is not installed");
        var search = SearchFile.Read(Path.Combine(Repository.Folder("searches"), "worker.yaml"));
        using var objective = new CommandObjective((CommandDefinition)search.Objective, search.Space);
        for (var trial = 0; trial < 3; trial++)
        {
            var job = new FakeJob(Folder, trial, 0, 4, ("x", 3), ("y", 2));
            objective.Run(job, Cancelled);
            Assert.Equal([1, 2, 3, 4], job.Epochs);
            Assert.InRange(job.Reports[^1].Metrics["height"], -0.25, 0.25); // (3, 2) is the bottom of a valley
        }
    }
}
