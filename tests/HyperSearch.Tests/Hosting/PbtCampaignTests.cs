using System.Globalization;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Planning;
using HyperSearch.Tests.Stores;
using HyperSearch.Training.Data;

namespace HyperSearch.Tests.Hosting;

/// <summary>Population based training from the checkpoints of a real campaign.</summary>
public sealed class PbtCampaignTests : IDisposable
{
    private const int Epochs = 12;

    private static readonly Search Search = PlannerRun.Search(trials: 40) with
    {
        Objective = new TestObjective { Epochs = Epochs },
        Schedule = new PbtSchedule { Population = 10, StepEpochs = 3 },
    };

    private static readonly TrainingDefinition Training =
        new(new DataSource { Generate = new GeneratorOptions { Kind = "moons", Rows = 90, Noise = 0.3 } }) { Epochs = 8 };

    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    /// <summary>The checkpoint is the sum of x over all epochs, so a trial's value tells its configurations.</summary>
    [Theory(Timeout = 60_000)]
    [InlineData(1, null)]
    [InlineData(8, null)]
    [InlineData(3, 17)]
    public async Task Campaign_TrainsEveryCopyFromTheCheckpointOfItsOriginal(int workers, int? interruptAt)
    {
        var folder = Session.Create(_scratch.Results, Search);
        if (interruptAt is { } calls)
        {
            using var interrupt = new CancellationTokenSource();
            var objective = new Summing { Calls = calls, Interrupt = interrupt };
            Assert.False((await Session.RunAsync(folder, Search, objective, workers, stop: interrupt.Token)).Finished);
        }

        Assert.True((await Session.RunAsync(folder, Search, new Summing(), workers, stop: TestContext.Current.CancellationToken)).Finished);
        var trials = Trial.Fold(Campaign.Open(folder).ReadOutcomes(), Epochs);
        Assert.Equal(40, trials.Length);
        Assert.True(trials.Count(trial => trial.Past.Length > 1) > 3);
        foreach (var trial in trials)
        {
            var (sum, from) = (0.0, 0);
            foreach (var stretch in trial.Past.Add(new Stretch(trial.Number, trial.Point, trial.Epochs)))
            {
                for (; from < stretch.ToEpochs; from++)
                    sum += stretch.Point["x"].Number;
            }

            Assert.Equal(sum, trial.Value);
        }

        Assert.Empty(Directory.GetDirectories(folder.CheckpointsPath, $"*{CampaignFolder.FirstCheckpoint}"));
    }

    [Fact(Timeout = 60_000)]
    public async Task Campaign_TrainsTheSameWithoutItsCheckpoints()
    {
        var stop = TestContext.Current.CancellationToken;
        var search = OfTrainer();
        var whole = Session.Create(_scratch.Results, search, "whole");
        await Session.RunAsync(whole, search, Objective(), stop: stop);
        var robbed = Session.Create(_scratch.Results, search, "robbed");
        await Session.RunAsync(robbed, search, new Robbed(Objective(), robbed), workers: 1, stop: stop);
        Assert.Equal(Session.Facts(whole), Session.Facts(robbed));
    }

    /// <summary>No refit: the winner is trained once more by all configurations of its lineage, and must be the network that won.</summary>
    [Fact(Timeout = 60_000)]
    public async Task Judge_TrainsTheWinnersWholeLineageAgain()
    {
        var search = OfTrainer();
        var folder = Session.Create(_scratch.Results, search);
        var ending = await Session.RunAsync(folder, search, Objective(RefitRows.None), stop: TestContext.Current.CancellationToken);
        var trials = Trial.Fold(Campaign.Open(folder).ReadOutcomes(), Training.Epochs);
        var winner = Ranking.Rank(trials, search)[0].Trial;
        Assert.NotEmpty(winner.Past);
        using var objective = Objective(RefitRows.None);
        using var again = objective.TrainAgain(winner, Path.Combine(_scratch.Results, "again"), folder.ModelPath,
            TestContext.Current.CancellationToken);
        Assert.Equal(winner.Metrics["dev_cost"], again.Evaluate().Dev.Cost);
        Assert.Equal(winner.Number, ending.Verdict?.Trial);
    }

    [Fact]
    public void Problems_NameWhatDoesNotGoTogether()
    {
        Assert.Contains("has one epoch", Problem(Search with { Objective = new TestObjective() }), StringComparison.Ordinal);
        Assert.Contains("Take confirm away", Problem(Search with { Confirm = new Confirm() }), StringComparison.Ordinal);
        Assert.Contains("keep \"z\", which the space does not have",
            Problem(Search with { Schedule = new PbtSchedule { Keep = ["z"] } }), StringComparison.Ordinal);
        Assert.Contains("x, y cannot be changed then",
            Problem(Search with { Schedule = new PbtSchedule { Keep = ["x", "y"] } }), StringComparison.Ordinal);
        Assert.Contains("hidden_units cannot be changed then", Problem(OfTrainer() with
        {
            Space = new Space([new Parameter("hidden_units", new IntScale(2, 9))]),
        }), StringComparison.Ordinal);

        static string Problem(Search search) => Assert.Single(PbtLaw.Problems(search));
    }

    private static Search OfTrainer() => Search with
    {
        Objective = Training,
        Metric = "dev_cost",
        Space = new Space([new Parameter("learning_rate", new LogScale(1e-3, 1)), new Parameter("hidden_units", new IntScale(2, 9)),
            new Parameter("l2", new LogScale(1e-5, 1)), new Parameter("batch_size", new PowerOfTwoScale(8, 64))]),
        Schedule = new PbtSchedule { Population = 8, StepEpochs = 2 },
        Trials = 14,
    };

    private static TrainingObjective Objective(RefitRows refit = RefitRows.TrainDev) =>
        TrainingObjective.Load(Training with { Refit = refit }, 1, TimeProvider.System);

    private sealed class Summing : IObjective
    {
        private int _calls;

        public int? Calls { get; init; }

        public CancellationTokenSource? Interrupt { get; init; }

        public void Run(IJobContext job, CancellationToken stop)
        {
            if (Interlocked.Increment(ref _calls) == Calls)
                Interrupt!.Cancel();
            stop.ThrowIfCancellationRequested();
            var path = Path.Combine(job.CheckpointFolder, "sum");
            var kept = File.Exists(path) ? File.ReadAllText(path).Split(' ') : ["0", "0"];
            Assert.Equal(job.Job.FromEpochs, int.Parse(kept[0], CultureInfo.InvariantCulture));
            var sum = double.Parse(kept[1], CultureInfo.InvariantCulture);
            for (var epoch = job.Job.FromEpochs + 1; epoch <= job.Job.ToEpochs; epoch++)
            {
                sum += job.Job.Point["x"].Number;
                job.Report(epoch, new Dictionary<string, double> { ["loss"] = sum });
            }

            File.WriteAllText(path, string.Create(CultureInfo.InvariantCulture, $"{job.Job.ToEpochs} {sum:R}"));
        }
    }

    /// <summary>Loses every checkpoint before each job.</summary>
    private sealed class Robbed(TrainingObjective inner, CampaignFolder folder) : IObjective, IDisposable
    {
        public bool CheckpointsAreExpendable => true;

        public bool JudgesWinner => false;

        public void Run(IJobContext job, CancellationToken stop)
        {
            if (Directory.Exists(folder.CheckpointsPath))
                Directory.Delete(folder.CheckpointsPath, recursive: true);
            inner.Run(job, stop);
        }

        public double WorkPerEpoch(Point point) => inner.WorkPerEpoch(point);

        public void Dispose() => inner.Dispose();
    }
}
