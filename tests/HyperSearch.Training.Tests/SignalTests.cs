using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Layers;

namespace HyperSearch.Training.Tests;

/// <summary>What the trainer measures of signals is what the course teaches of deep networks (1.10, 1.11).</summary>
public sealed class SignalTests
{
    private const int Layers = 6;

    [Theory]
    [InlineData(Activation.Relu, 1, 1 / 20.0, 20)]
    [InlineData(Activation.Sigmoid, 1, 0, 1 / 200.0)]
    [InlineData(Activation.Relu, 3, 30, double.MaxValue)]
    [InlineData(Activation.Relu, 0.2, 0, 1 / 200.0)]
    public void Signals_OfGradientsShrinkAndGrowAsTheCourseSays(Activation activation, double multiplier, double least, double most)
    {
        using var data = Moons();
        using var trainer = new Trainer(data, Options(activation, multiplier), 1);
        Assert.Null(trainer.Signals);
        trainer.TrainEpoch(TestContext.Current.CancellationToken);
        var signals = trainer.Signals!;
        Assert.Equal((Layers, Layers), (signals.Activations.Length, signals.Gradients.Length));
        Assert.InRange(signals.Gradients[0] / signals.Gradients[^1], least, most);
    }

    /// <summary>A network of one hidden layer has nothing to compare.</summary>
    [Fact]
    public void Signals_OfAShallowNetworkAreNone()
    {
        using var data = Moons();
        using var trainer = new Trainer(data, Options(Activation.Relu, 1) with { HiddenLayers = 1 }, 1);
        trainer.TrainEpoch(TestContext.Current.CancellationToken);
        Assert.Null(trainer.Signals);
    }

    [Fact]
    public void MeasureRows_AddsUpToTheFiguresOfTheEvaluation()
    {
        using var data = Moons();
        using var trainer = new Trainer(data, Options(Activation.Relu, 1), 1);
        var dev = trainer.TrainEpoch(TestContext.Current.CancellationToken).Dev;
        var rows = trainer.MeasureRows();
        Assert.Equal(dev.Error, rows.Mistakes.Average(), 6);
        Assert.Equal(dev.Cost, rows.Costs.Average(), 5);
        Assert.Equal(dev.LogLoss!.Value, rows.TaskCosts.Average(), 5);
    }

    private static TrainerOptions Options(Activation activation, double multiplier) => new()
    {
        Activation = activation,
        InitMultiplier = multiplier,
        HiddenLayers = Layers,
        HiddenUnits = 20,
        LearningRate = 1e-5,
    };

    private static Dataset Moons() =>
        DatasetLoader.Load(new DataSource { Generate = new GeneratorOptions { Kind = "moons", Rows = 300, Noise = 0.2 } }, 1);
}
