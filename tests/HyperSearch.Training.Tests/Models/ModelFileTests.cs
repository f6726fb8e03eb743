using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Models;
using HyperSearch.Training.Tests.Data;

namespace HyperSearch.Training.Tests.Models;

public sealed class ModelFileTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(LearningTask.MultiClass)]
    [InlineData(LearningTask.Binary)]
    [InlineData(LearningTask.Regression)]
    public void Load_AnswersAsTheSavedModel(LearningTask task)
    {
        var model = RandomModels.Of(task, Activation.LeakyRelu, 9, 20);
        var path = Path.Combine(_files.Folder, "model");
        model.Save(path);
        var loaded = Model.Load(path);
        Assert.Equal(model.Predict([1, 0, 1, 0, 33]), loaded.Predict([1, 0, 1, 0, 33]));
        Assert.Equal(model.Schema.ToJson(), loaded.Schema.ToJson());
        Assert.Equal([path], Directory.GetFiles(_files.Folder));
    }

    [Fact]
    public void Load_RefusesEveryFlippedByteAndEveryShorterFile()
    {
        var path = Path.Combine(_files.Folder, "model");
        RandomModels.Of(LearningTask.MultiClass, Activation.Relu, 3).Save(path);
        var whole = File.ReadAllBytes(path);
        for (var i = 0; i < whole.Length; i++)
        {
            var flipped = (byte[])whole.Clone();
            flipped[i] ^= 0x10;
            File.WriteAllBytes(path, flipped);
            Assert.Throws<DataException>(() => Model.Load(path));
            File.WriteAllBytes(path, whole[..i]);
            Assert.Throws<DataException>(() => Model.Load(path));
        }
        Assert.Contains("does not exist", Assert.Throws<DataException>(() => Model.Load(path + "x")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Predict_IsTheClosedForm()
    {
        // One input, one hidden relu unit: softmax of (2·relu(3·x′ + 1), 0) with x′ = (x − 10)/10; x = 20 gives logits 8 and 0.
        var random = RandomModels.Of(LearningTask.Binary, Activation.Relu, 1).Schema;
        var schema = new DataSchema
        {
            Task = LearningTask.MultiClass,
            Label = "y",
            Classes = ["a", "b"],
            Columns = [random.Columns[0]],
            Normalization = new Normalization([10], [0.1f]),
        };
        var model = new Model(schema,
            [new ModelLayer(1, 1, [3], [1], Activation.Relu, 0), new ModelLayer(1, 2, [2, 0], [0, 0], Activation.Identity, 0)]);
        var answer = model.Predict([20]);
        Assert.Equal(1 / (1 + Math.Exp(-8)), answer[0], 1e-7);
        Assert.Equal(1, answer[0] + answer[1], 1e-12);
        Assert.Equal(0.5, model.Predict([0])[0], 1e-12);
    }

    [Theory]
    [InlineData(new double[] { 5, 2, -1, 3 }, new[] { 0.842, 0.042, 0.002, 0.114 })]
    public void Predict_GivesThePublishedSoftmax(double[] logits, double[] published)
    {
        var schema = RandomModels.Of(LearningTask.MultiClass, Activation.Relu).Schema;
        var model = new Model(schema,
            [new ModelLayer(5, 4, new float[20], [.. logits.Select(static z => (float)z)], Activation.Identity, 0)]);
        Assert.All(model.Predict(new float[5]).Zip(published), static pair => Assert.Equal(pair.Second, pair.First, 0.0006));
    }
}
