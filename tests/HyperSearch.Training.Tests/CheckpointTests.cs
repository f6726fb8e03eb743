namespace HyperSearch.Training.Tests;

public sealed class CheckpointTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("hypersearch-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("layers=20-12 optimizer=adam keep_prob=0.8 batch_norm=true decay=cosine epochs=8")]
    [InlineData("layers=20 optimizer=momentum l2=0.1 l1=0.01 clip_norm=0.5")]
    [InlineData("layers=20 optimizer=rmsprop patience=3 learning_rate=0.05")]
    public void Restore_GoesOnBitForBit(string options)
    {
        using var data = Synthetic.Data("classes", rows: 150, inputs: 9);
        using var straight = new Trainer(data, Synthetic.Options(options), seed: 5);
        using var before = new Trainer(data, Synthetic.Options(options), seed: 5);
        var path = Path.Combine(_folder, "trial");
        before.Epochs(4);
        before.Save(path);
        using var after = new Trainer(data, Synthetic.Options(options), seed: 5);
        after.Restore(path);
        Assert.Equal(straight.Epochs(8), after.Epochs(4));
        Assert.Equal(straight.Predict(data.Dev.Features), after.Predict(data.Dev.Features));
        Assert.Equal((straight.Epoch, straight.BestEpoch, straight.StoppedEarly), (after.Epoch, after.BestEpoch, after.StoppedEarly));
    }

    [Fact]
    public void Restore_RefusesEveryFlippedByteAndEveryCut()
    {
        using var data = Synthetic.Data("binary", rows: 40, inputs: 3);
        using var trainer = new Trainer(data, Synthetic.Options("layers=3"), seed: 5);
        var path = Path.Combine(_folder, "trial");
        trainer.Epochs(1);
        trainer.Save(path);
        var whole = File.ReadAllBytes(path);
        var expected = trainer.Predict(data.Dev.Features);
        for (var i = 0; i < whole.Length; i += 7)
        {
            var broken = whole.ToArray();
            broken[i] ^= 0x10;
            File.WriteAllBytes(path, broken);
            Assert.Throws<CheckpointException>(() => trainer.Restore(path));
            File.WriteAllBytes(path, whole[..i]);
            Assert.Throws<CheckpointException>(() => trainer.Restore(path));
        }
        Assert.Equal(expected, trainer.Predict(data.Dev.Features));
    }

    [Fact]
    public void Restore_RefusesAnotherTrialsFile()
    {
        using var data = Synthetic.Data("binary", rows: 40, inputs: 3);
        using var one = new Trainer(data, Synthetic.Options("layers=3"), seed: 5);
        using var other = new Trainer(data, Synthetic.Options("layers=4"), seed: 5);
        var path = Path.Combine(_folder, "trial");
        one.Save(path);
        Assert.Contains("network 3-3-1", Assert.Throws<CheckpointException>(() => other.Restore(path)).Message, StringComparison.Ordinal);
    }
}
