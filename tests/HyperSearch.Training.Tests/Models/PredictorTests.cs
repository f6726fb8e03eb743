using HyperSearch.Training.Data;
using HyperSearch.Training.Layers;
using HyperSearch.Training.Models;
using HyperSearch.Training.Tests.Data;

namespace HyperSearch.Training.Tests.Models;

public sealed class PredictorTests : IDisposable
{
    private readonly Files _files = new();
    private readonly Model _model = RandomModels.Of(LearningTask.MultiClass, Activation.Relu, 8);

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Label_MatchesColumnsByName()
    {
        var report = Label("note,age,colour,size\nhello,33,green,1\nthere,,red,-4\n");
        Assert.Equal(_model.Predict([1, 0, 1, 0, 33]), report.Predictions[0].Values);
        Assert.Equal(_model.Predict([-4, 0, 0, 1, 2]), report.Predictions[1].Values); // age is missing: 2 stands in
        Assert.Equal((1, 2), (report.Predictions[0].Row, report.Predictions[1].Row));
        Assert.All(report.Predictions, p => Assert.Equal(_model.Schema.Classes[p.Values.ToList().IndexOf(p.Values.Max())], p.Answer));
        Assert.Null(report.Confusion);
    }

    [Fact]
    public void Label_ScoresTheRowsWhoseLabelIsKnown()
    {
        var first = Label("age,colour,size\n33,green,1\n").Predictions[0].Answer;
        var report = Label($"y,age,colour,size\n{first}.0,33,green,1\n,33,green,1\n{(first == "8" ? "4" : "8")},33,green,1\n");
        Assert.Equal([first, null, first == "8" ? "4" : "8"], report.Predictions.Select(static p => p.Actual));
        Assert.Equal((2, 0.5), (report.Confusion!.Rows, report.Confusion.Accuracy));
    }

    [Fact]
    public void Label_ScoresRegressions()
    {
        var model = RandomModels.Of(LearningTask.Regression, Activation.Tanh, 5);
        var path = Path.Combine(_files.Folder, _files.Write("d.csv", "age,colour,size,y\n33,green,1,150\n20,red,9,170\n"));
        var report = Predictor.Label(model, path);
        Assert.Equal(2, report.Regression!.Rows);
        Assert.Equal((Math.Abs(report.Predictions[0].Values[0] - 150) + Math.Abs(report.Predictions[1].Values[0] - 170)) / 2, report.Regression.Mae, 1e-9);
    }

    [Theory]
    [InlineData("age,colour,siez\n33,green,1\n", "there is no column \"size\" that the model learned from. Did you mean \"siez\"?")]
    [InlineData("age,colour,size\n33,pink,1\n", "row 1, column \"colour\" holds \"pink\", which is none of the categories that the model knows: blue, green, red.")]
    [InlineData("age,colour,size\n33,green,big\n", "row 1, column \"size\" holds \"big\"; the column is one of (finite) numbers.")]
    [InlineData("age,colour,size\n33,green,\n", "row 1, column \"size\" is missing, and the model learned without missing values")]
    [InlineData("age,colour,size\n33,,1\n", "row 1, column \"colour\" is missing")]
    [InlineData("age,colour,size,y\n33,red,1,9\n", "row 1, column \"y\" holds \"9\", which is none of the classes that the model knows: 1, 2, 4, 8.")]
    [InlineData("age,colour,size\n", "a header but no row")]
    [InlineData("age,colour,size\n1,red\n", "row 1 has 2 cells")]
    public void Label_RefusesWhatTheModelDoesNotKnow(string csv, string message) =>
        Assert.Contains(message, Assert.Throws<DataException>(() => Label(csv)).Message, StringComparison.Ordinal);

    private PredictionReport Label(string csv) => Predictor.Label(_model, Path.Combine(_files.Folder, _files.Write("d.csv", csv)));
}
