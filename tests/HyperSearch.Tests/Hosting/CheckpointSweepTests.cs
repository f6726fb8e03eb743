using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Samplers.Designs;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using HyperSearch.Tests.Stores;
using HyperSearch.Training.Data;
using Microsoft.Extensions.Logging.Abstractions;

namespace HyperSearch.Tests.Hosting;

public sealed class CheckpointSweepTests : IDisposable
{
    private static readonly TrainingDefinition Training =
        new(new DataSource { Generate = new GeneratorOptions { Kind = "moons", Rows = 60 } }) { Epochs = 9 };
    private readonly Scratch _scratch = new();

    public void Dispose() => _scratch.Dispose();

    public static TheoryData<ISchedule, int> Schedules => new()
    {
        { new AshaSchedule { MinEpochs = 1, Factor = 3 }, 40 },
        { new FreezeThawSchedule { MinEpochs = 1, Guard = 2 }, 65 }, // 50 on each rung may go on
    };

    [Theory]
    [MemberData(nameof(Schedules))]
    public async Task Campaign_KeepsTheCheckpointsThatAnExtensionMayNeedAndNoOthers(ISchedule schedule, int most)
    {
        var folder = Session.Create(_scratch.Results, Search(schedule, 80));
        await RunAsync(folder, schedule, 80);
        var kept = Directory.GetDirectories(folder.CheckpointsPath)
            .Select(path => int.Parse(Path.GetFileName(path), System.Globalization.CultureInfo.InvariantCulture)).ToHashSet();
        Assert.InRange(kept.Count, 1, most);

        await RunAsync(folder, schedule, 160);
        var promoted = Campaign.Open(folder).ReadOutcomes().Where(outcome => outcome.FromEpochs > 0 && outcome.Trial < 80)
            .Select(outcome => outcome.Trial).ToHashSet();
        Assert.NotEmpty(promoted.Intersect(kept));
        var straight = Session.Create(_scratch.Results, Search(schedule, 80), "kept");
        await RunAsync(straight, schedule, 80, sweeps: false);
        await RunAsync(straight, schedule, 160, sweeps: false);
        Assert.Equal(Session.Facts(straight), Session.Facts(folder));
        Assert.Equal(160, Directory.GetDirectories(straight.CheckpointsPath).Length);
    }

    [Fact]
    public void Sweep_WaitsUntilEveryOutcomeIsOnDisk()
    {
        var folder = _scratch.Campaign();
        foreach (var trial in (int[])[0, 1, 2, 7])
            Directory.CreateDirectory(folder.CheckpointFolder(trial));
        var notes = Path.Combine(folder.CheckpointsPath, "notes");
        Directory.CreateDirectory(notes);
        var sweep = new CheckpointSweep(folder, NullLogger.Instance);
        sweep.Posted();
        sweep.Posted();
        sweep.Plan([1], below: 5);
        sweep.Acknowledged();
        Assert.True(Directory.Exists(folder.CheckpointFolder(0)));
        sweep.Acknowledged();
        Assert.False(Directory.Exists(folder.CheckpointFolder(0)) || Directory.Exists(folder.CheckpointFolder(2)));
        Assert.True(Directory.Exists(folder.CheckpointFolder(1)) && Directory.Exists(folder.CheckpointFolder(7))
            && Directory.Exists(notes));
    }

    private static async Task RunAsync(CampaignFolder folder, ISchedule schedule, int trials, bool sweeps = true)
    {
        var objective = TrainingObjective.Load(Training, 1, TimeProvider.System);
        await Session.RunAsync(folder, Search(schedule, trials), sweeps ? objective : new Keeping(objective),
            stop: TestContext.Current.CancellationToken);
    }

    private static Search Search(ISchedule schedule, int trials) => new()
    {
        Name = "moons",
        Objective = Training,
        Metric = "dev_cost",
        Space = new Space([new Parameter("learning_rate", new LogScale(1e-3, 1))]),
        Sampler = new RandomSampler(),
        Schedule = schedule,
        Trials = trials,
    };

    /// <summary>The same objective, but its checkpoints are somebody's own.</summary>
    private sealed class Keeping(TrainingObjective inner) : IObjective, IDisposable
    {
        public void Run(IJobContext job, CancellationToken stop) => inner.Run(job, stop);

        public double WorkPerEpoch(Point point) => inner.WorkPerEpoch(point);

        public void Dispose() => inner.Dispose();
    }
}
