using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Diagnostics;
using HyperSearch.Training.Graph;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Networks;

namespace HyperSearch.Training.Tests.Networks;

/// <summary>Layers and a loss that code writes, in a trainer.</summary>
public sealed class NetworkPartsTests(ITestOutputHelper output)
{
    private static readonly Func<Tensor, RandomStream, Tensor> Gated = (x, random) =>
    {
        var h = x.Graph.Dense(x, 16, Activation.Tanh, random);
        var gate = x.Graph.Dense(x, 16, Activation.Sigmoid, random);
        var scale = x.Graph.Variable(1, 16, [.. Enumerable.Repeat(1.0, 16)]);
        return gate * h + (1 - gate) * h.Pow(2) * scale;
    };

    /// <summary>Softmax with cross-entropy, written as an expression.</summary>
    private static readonly Func<Tensor, Tensor, Tensor> CrossEntropy = (z, y) => z.Exp().RowSums().Log() - (z * y).RowSums();

    private static readonly Func<Tensor, Tensor, Tensor> RootOfSquares = (z, y) => (1 + (z - y).Pow(2)).Sqrt() - 1;

    /// <summary>The example of <see cref="NetworkParts"/>; a test compares the two.</summary>
    private static EpochMetrics Example(Dataset data)
    {
        var parts = new NetworkParts
        {
            Hidden = (x, random) =>
            {
                var h = x.Graph.Dense(x, 16, Activation.Tanh, random);
                var gate = x.Graph.Dense(x, 16, Activation.Sigmoid, random);
                return gate * h + (1 - gate) * h.Pow(2);
            },
            Loss = (z, y) => (1 + (z - y).Pow(2)).Sqrt() - 1,
        };
        using var trainer = new Trainer(data, new TrainerOptions { LearningRate = 0.01 }, seed: 1, parts);
        return trainer.Epochs(30);
    }

    [Fact]
    public void Example_LearnsARegression()
    {
        using var data = Synthetic.Data("regression", rows: 300, inputs: 6);
        var metrics = Example(data);
        output.WriteLine($"{metrics}");
        Assert.InRange(metrics.DevError, 0, 0.3);
        Assert.Equal(metrics.DevError, 1 - metrics.Dev.R2!.Value, 12);
    }

    [Fact]
    public void Loss_ThatIsTheTasksOwnTrainsTheSame()
    {
        using var data = Synthetic.Data("classes", rows: 90, inputs: 7);
        var options = Synthetic.Options("layers=12 batch_size=32 class_weights=balanced");
        using var built = new Trainer(data, options, seed: 4);
        using var written = new Trainer(data, options, seed: 4, new NetworkParts { Loss = CrossEntropy });
        EpochMetrics a = built.Epochs(6), b = written.Epochs(6);
        Assert.Equal(a.TrainCost, b.TrainCost, 4);
        Assert.Equal(a.DevCost, b.DevCost, 4);
        Assert.Equal(a.DevError, b.DevError, 2);
        var (predicted, alike) = (built.Predict(data.Dev.Features), written.Predict(data.Dev.Features));
        for (var i = 0; i < predicted.Length; i++)
            Assert.Equal(predicted[i], alike[i], 0.001f);
        Assert.Equal(written.Confusion(data.Dev)!.Error, b.DevError, 12);
    }

    [Theory]
    [InlineData("classes")]
    [InlineData("binary")]
    [InlineData("regression")]
    public void Run_FindsTheGradientsOfPartsRight(string task)
    {
        using var data = Synthetic.Data(task, rows: 60, inputs: 11);
        var parts = new NetworkParts { Hidden = Gated, Loss = task == "classes" ? CrossEntropy : RootOfSquares };
        var findings = GradientCheck.Run(data, Synthetic.Options("l2=2"), seed: 3, parts);
        foreach (var finding in findings)
            output.WriteLine($"{finding}");
        Assert.Equal(7, findings.Count);
        Assert.All(findings, finding => Assert.Equal(GradientAgreement.Great, finding.Agreement));
    }

    [Fact]
    public void Restore_GoesOnBitForBitAndKnowsParts()
    {
        using var data = Synthetic.Data("classes", rows: 90, inputs: 7);
        var options = Synthetic.Options("layers=16 clip_norm=0.5 batch_size=20");
        var parts = new NetworkParts { Hidden = Gated };
        using var straight = new Trainer(data, options, seed: 4, parts);
        using var before = new Trainer(data, options, seed: 4, parts);
        using var after = new Trainer(data, options, seed: 4, parts);
        using var other = new Trainer(data, options, seed: 4);
        before.Epochs(3);
        after.FromBytes(before.ToBytes(), "memory");
        Assert.Equal(straight.Epochs(6), after.Epochs(3));
        var refused = Assert.Throws<CheckpointException>(() => other.FromBytes(before.ToBytes(), "memory"));
        Assert.Contains("with hidden layers of its own", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Parts_OfTheWrongShapeAreRefused()
    {
        using var data = Synthetic.Data("classes", rows: 60, inputs: 7);
        using var foreign = new ComputationGraph();
        Assert.Throws<ArgumentException>(() => new Trainer(data, new(), 1, new NetworkParts { Hidden = (_, _) => foreign.Variable(1) }));
        Assert.Throws<ArgumentException>(() => new Trainer(data, new(), 1, new NetworkParts { Hidden = (x, _) => x.Sum() }));
        Assert.Throws<ArgumentException>(() => new Trainer(data, new(), 1, new NetworkParts { Loss = (z, y) => z - y }));
        Assert.Throws<ArgumentException>(() => new Trainer(data, new(), 1, new NetworkParts { Loss = (_, y) => y.RowSums() }));
        using var trainer = new Trainer(data, new(), 1, new NetworkParts { Hidden = Gated });
        Assert.Contains(
            "Predict with the trainer", Assert.Throws<NotSupportedException>(() => trainer.ToModel()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Example_IsTheOneOfTheDocumentation()
    {
        var documentation = File.ReadAllText(Path.ChangeExtension(typeof(NetworkParts).Assembly.Location, "xml"));
        var source = Lines(File.ReadAllText(Here()));
        var start = documentation.IndexOf("var parts = new NetworkParts", StringComparison.Ordinal);
        var shown = documentation[start..documentation.IndexOf("</code>", start, StringComparison.Ordinal)];
        Assert.Contains(Lines(System.Net.WebUtility.HtmlDecode(shown)), source, StringComparison.Ordinal);
    }

    private static string Here([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    private static string Lines(string text) => string.Join('\n', text.Split('\n').Select(line => line.Trim())).Trim();
}
