using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Spaces;
using HyperSearch.Training.Data;

namespace HyperSearch.Tests.Objectives;

public sealed class TrainingObjectiveTests : IDisposable
{
    /// <summary>How long a trial is trained.</summary>
    internal const int Epochs = 12;

    private readonly string _folder = Directory.CreateTempSubdirectory("hypersearch-").FullName;
    private readonly TrainingObjective _objective = OnMoons();

    public void Dispose()
    {
        _objective.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Run_InTwoJobsGivesTheBitsOfOne()
    {
        var straight = Run(0, Epochs, "straight");
        var halves = Run(0, 5, "halves").Concat(Run(5, Epochs, "halves"));
        Assert.Equal(straight, halves);
    }

    [Theory]
    [InlineData("trainer.bin")]
    [InlineData("measurements.json")]
    public void Run_WithADamagedCheckpointGivesTheSameBits(string file)
    {
        var straight = Run(0, Epochs, "straight");
        var first = Run(0, 5, "damaged");
        Interrupt(5, 8, "damaged");
        var path = Path.Combine(_folder, "damaged", file);
        var bytes = File.ReadAllBytes(path);
        bytes[bytes.Length / 2] ^= 0x40;
        File.WriteAllBytes(path, bytes);
        Assert.Equal(straight, first.Concat(Run(5, Epochs, "damaged")));
    }

    /// <summary>They rank the rows and count the classes, which after each epoch would cost a tiny network a fifth of it.</summary>
    [Fact]
    public void Run_TellsAllFiguresOnceHoweverItEnds()
    {
        var straight = RunTo(Epochs, "straight");
        Assert.Contains("dev_auc=", Assert.Single(straight.Last), StringComparison.Ordinal);
        Assert.Equal(TrainingMetrics.Names(LearningTask.Binary).Count(), straight.Last[0].Split(' ').Length);
        Assert.All(straight.Lines, line => Assert.Equal(
            ["dev_cost", "dev_error", "train_cost", "train_error"], line.Split(' ')[1..].Select(figure => figure.Split('=')[0])));

        Assert.Equal(RunTo(5, "first").Last, RunTo(Epochs, "stopped", stopAt: 5).Last);
        Interrupt(0, 4, "interrupted");
        Assert.Equal(straight.Last, RunTo(Epochs, "interrupted").Last);
        Assert.Equal(straight.Last, RunTo(Epochs, "interrupted").Last); // nothing is left to train, as after a kill at the very end

        Context RunTo(int epochs, string name, int stopAt = int.MaxValue)
        {
            var context = new Context(JobOf(0, epochs), Path.Combine(_folder, name), null, stopAt);
            _objective.Run(context, TestContext.Current.CancellationToken);
            return context;
        }
    }

    [Fact]
    public void Run_InterruptedGoesOnFromTheEpochItReached()
    {
        var straight = Run(0, Epochs, "straight");
        Interrupt(0, 4, "interrupted");
        var resumed = Run(0, Epochs, "interrupted");
        Assert.Equal(straight, resumed);
        Assert.True(File.Exists(Path.Combine(_folder, "interrupted", "trainer.bin")));
    }

    [Fact]
    public void Run_ReportsDivergenceWithItsReason()
    {
        var context = new Context(JobOf(0, Epochs, learningRate: 1e30), _folder, null);
        var divergence = Assert.Throws<DivergenceException>(() => _objective.Run(context, TestContext.Current.CancellationToken));
        Assert.Contains("cost", divergence.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void WorkPerEpoch_GrowsWithTheNetwork() =>
        Assert.True(_objective.WorkPerEpoch(PointOf(0.01, 64)) > 3 * _objective.WorkPerEpoch(PointOf(0.01, 16)));

    /// <summary>The objective of 300 points in two moons.</summary>
    internal static TrainingObjective OnMoons() => TrainingObjective.Load(
        new TrainingDefinition(new DataSource { Generate = new GeneratorOptions { Kind = "moons", Rows = 300, Noise = 0.2 } })
        {
            Epochs = Epochs,
        }, 1, TimeProvider.System);

    internal static Point PointOf(double learningRate, double units) =>
        new([new("learning_rate", learningRate), new("hidden_units", units), new("keep_prob", 0.9), new("optimizer", "adam")]);

    private static Job JobOf(int from, int to, double learningRate = 0.01) =>
        new(0, 3, PointOf(learningRate, 16), new Origin(OriginKind.Global), from, to, null, 99);

    private List<string> Run(int from, int to, string name, Action<int>? onEpoch = null)
    {
        var context = new Context(JobOf(from, to), Path.Combine(_folder, name), onEpoch);
        _objective.Run(context, TestContext.Current.CancellationToken);
        return context.Lines;
    }

    /// <summary>Cancels as soon as an epoch is reported.</summary>
    private void Interrupt(int from, int at, string name)
    {
        using var stop = new CancellationTokenSource();
        var context = new Context(JobOf(from, Epochs), Path.Combine(_folder, name), epoch =>
        {
            if (epoch == at)
                stop.Cancel();
        });
        Assert.ThrowsAny<OperationCanceledException>(() => _objective.Run(context, stop.Token));
    }

    private sealed class Context(Job job, string folder, Action<int>? onEpoch, int stopAt = int.MaxValue) : IJobContext
    {
        /// <summary>All figures, told at the end.</summary>
        public List<string> Last { get; } = [];

        public void ReportLast(IReadOnlyDictionary<string, double> metrics) => Last.Add(Text(metrics));

        public string Metric => "dev_error";

        public List<string> Lines { get; } = [];

        public Job Job => job;

        public string CheckpointFolder => Directory.CreateDirectory(folder).FullName;

        public bool HasCheckpointFolder => Directory.Exists(folder);

        public string LogPath => Path.Combine(folder, "log");

        public bool Report(int epoch, IReadOnlyDictionary<string, double> metrics)
        {
            Lines.Add($"{epoch} {Text(metrics)}");
            onEpoch?.Invoke(epoch);
            return epoch < stopAt;
        }

        private static string Text(IReadOnlyDictionary<string, double> metrics) =>
            string.Join(' ', metrics.Select(pair => FormattableString.Invariant($"{pair.Key}={pair.Value:R}")));
    }
}
