using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Models;
using HyperSearch.Training.Tests.Data;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace HyperSearch.Training.Tests.Models;

public sealed class OnnxModelTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(LearningTask.MultiClass, Activation.Relu, 1e-5)]
    [InlineData(LearningTask.MultiClass, Activation.Tanh, 1e-5)]
    [InlineData(LearningTask.Binary, Activation.LeakyRelu, 1e-5)]
    [InlineData(LearningTask.Binary, Activation.Identity, 1e-5)]
    [InlineData(LearningTask.Regression, Activation.Sigmoid, 1e-5 * 77)]
    public void Write_GivesARuntimeTheSameAnswers(LearningTask task, Activation activation, double tolerance)
    {
        var model = RandomModels.Of(task, activation, 37, 16);
        var path = Path.Combine(_files.Folder, "model.onnx");
        OnnxModel.Write(model, path);
        const int rows = 50;
        var random = RandomStream.For(1, 0, "rows");
        float[] inputs = [.. Enumerable.Range(0, rows * 5).Select(_ => (float)(20 * random.NextNormal()))];
        var answers = Run(path, inputs, rows);
        Assert.Equal(rows * model.Answers, answers.Length);
        for (var row = 0; row < rows; row++)
        {
            var expected = model.Predict(inputs.AsSpan(row * 5, 5));
            for (var i = 0; i < expected.Length; i++)
                Assert.Equal(expected[i], answers[(row * expected.Length) + i], tolerance);
        }
    }

    [Fact]
    public void Write_TakesOriginsOffInDoublePrecision()
    {
        using var data = _files.LoadCsv("time,x,y\n"
            + string.Concat(Enumerable.Range(0, 60)
                .Select(static i => FormattableString.Invariant($"{1_700_000_000 + i * 17},{i % 5},{i % 2}\n"))));
        using var trainer = new Trainer(data, TrainerOptions.From(new Dictionary<string, object>()), 1);
        var (model, path) = (trainer.ToModel(), Path.Combine(_files.Folder, "model.onnx"));
        OnnxModel.Write(model, path);
        using var session = new InferenceSession(path);
        using var results =
            session.Run([NamedOnnxValue.CreateFromTensor("inputs", new DenseTensor<double>(new double[] { 1_700_000_123, 3 }, [1, 2]))]);
        float[] answers = [.. results[0].AsEnumerable<float>()];
        var expected = model.Predict([123, 3]);
        Assert.Equal(expected[0], answers[0], 1e-5);
        Assert.NotEqual(model.Predict([0, 3])[0], answers[0], 1e-3);
    }

    [Fact]
    public void Write_SaysWhatInputsAndOutputsMean()
    {
        var model = RandomModels.Of(LearningTask.MultiClass, Activation.Relu, 4);
        var path = Path.Combine(_files.Folder, "model.onnx");
        OnnxModel.Write(model, path);
        using var session = new InferenceSession(path);
        Assert.Equal(["inputs"], session.InputMetadata.Keys);
        Assert.Equal(["probabilities"], session.OutputMetadata.Keys);
        Assert.Equal([-1, 5], session.InputMetadata["inputs"].Dimensions);
        Assert.Equal([-1, 4], session.OutputMetadata["probabilities"].Dimensions);
        var metadata = session.ModelMetadata.CustomMetadataMap;
        Assert.Equal("1\n2\n4\n8", metadata["classes"]);
        Assert.Equal("size\ncolour=blue\ncolour=green\ncolour=red\nage", metadata["feature_names"]);
        Assert.Equal(model.Schema.ToJson(), DataSchema.FromJson(metadata["hypersearch.schema"]).ToJson());
    }

    internal static float[] Run(string path, float[] inputs, int rows)
    {
        using var session = new InferenceSession(path);
        using var results =
            session.Run([NamedOnnxValue.CreateFromTensor("inputs", new DenseTensor<float>(inputs, [rows, inputs.Length / rows]))]);
        return [.. results[0].AsEnumerable<float>()];
    }
}
