using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Models;
using HyperSearch.Training.Tests.Data;

namespace HyperSearch.Training.Tests.Models;

/// <summary>A trained network answers the same from its trainer, from its model file, and in ONNX Runtime.</summary>
public sealed class TrainerModelTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData("digits.csv", "digit", null, false, Activation.Relu)]
    [InlineData("digits.csv", "digit", null, true, Activation.LeakyRelu)]
    [InlineData("diabetes.csv", "progression", "regression", true, Activation.Tanh)]
    [InlineData("diabetes.csv", "sex", null, false, Activation.Sigmoid)]
    public void ToModel_AnswersAsTheTrainer(string file, string label, string? task, bool batchNorm, Activation activation)
    {
        using var data = DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = file, Label = label, Task = task }, 1);
        var options = new TrainerOptions
        {
            HiddenLayers = 2,
            HiddenUnits = 33,
            BatchNorm = batchNorm,
            Activation = activation,
            LeakySlope = 0.03,
            LearningRate = 0.003,
            KeepProb = 0.9
        };
        using var trainer = new Trainer(data, options, 4);
        trainer.Epochs(3);
        var model = trainer.ToModel();
        var path = Path.Combine(_files.Folder, "model.onnx");
        OnnxModel.Write(model, path);
        var expected = trainer.Predict(data.Test.Features);
        var raw = Raw(data);
        var answers = OnnxModelTests.Run(path, raw, data.Test.Rows);
        var tolerance = 1e-5 * (data.Targets?.Deviation ?? 1);
        for (var row = 0; row < data.Test.Rows; row++)
        {
            var own = model.Predict(raw.AsSpan(row * data.Inputs, data.Inputs));
            for (var i = 0; i < own.Length; i++)
            {
                var wanted = data.Task == LearningTask.Binary
                    ? (i == 1 ? expected[row] : 1 - expected[row])
                    : expected[(row * own.Length) + i];
                Assert.Equal(wanted, own[i], tolerance);
                Assert.Equal(wanted, answers[(row * own.Length) + i], tolerance);
            }
        }
    }

    [Fact]
    public void Label_ScoresTheFileAsTheTrainerDoes()
    {
        using var data = DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = "digits.csv", Label = "digit" }, 1);
        using var trainer = new Trainer(data, new TrainerOptions { HiddenUnits = 32, LearningRate = 0.01 }, 4);
        trainer.Epochs(4);
        var path = Path.Combine(_files.Folder, "model");
        trainer.ToModel(data.Test).Save(path);
        Assert.Equal(trainer.Evaluate(data.Test).Error, Model.Load(path).Confusion!.Error, 1e-12);
        Assert.Equal(trainer.Confusion(data.Test)!.Counts, Model.Load(path).Confusion!.Counts);
        var report = Predictor.Label(Model.Load(path), Path.Combine(Files.Kept, "digits.csv"));
        double wrong = new[] { data.Train, data.Dev, data.Test }.Sum(part => trainer.Evaluate(part).Error * part.Rows);
        Assert.Equal(wrong / 1797, report.Confusion!.Error, 1e-9);
        Assert.InRange(report.Confusion.Error, 0.0001, 0.2);
    }

    /// <summary>The test part as it was before normalization.</summary>
    private static float[] Raw(Dataset data)
    {
        var raw = new float[data.Test.Rows * data.Inputs];
        for (var row = 0; row < data.Test.Rows; row++)
        {
            data.Test.Features.Row(row).CopyTo(raw.AsSpan(row * data.Inputs));
            data.Normalization.Undo(raw.AsSpan(row * data.Inputs, data.Inputs));
        }
        return raw;
    }
}
