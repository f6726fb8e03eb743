using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Training.Tests;

public sealed class DigitsTests(DigitsFixture digits, ITestOutputHelper output) : IClassFixture<DigitsFixture>
{
    [Fact]
    public void TrainEpoch_LearnsDigits()
    {
        using var trainer = new Trainer(
            digits.Data, new TrainerOptions { HiddenLayers = 1, HiddenUnits = 128, LearningRate = 0.003, L2 = 1, KeepProb = 0.7 }, seed: 1);
        var last = trainer.Epochs(30);
        output.WriteLine($"{last}");
        Assert.InRange(last.DevError, 0, 0.03);
        Assert.Null(trainer.Divergence);
    }
}

public sealed class DigitsFixture : IDisposable
{
    public Dataset Data { get; } = DatasetLoader.Load(
        new DataSource { Folder = Tests.Data.Files.Kept, Path = "digits.csv", Label = "digit" }, seed: 1);

    public void Dispose() => Data.Dispose();
}
