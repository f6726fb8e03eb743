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

    /// <summary>Between tabs 1,304 alone may be a thousand; the training file told that it is not.</summary>
    [Fact]
    public void Label_ReadsDecimalCommasAsTheTrainingFileHadThem()
    {
        using var data = _files.LoadCsv("x\ty\n" + string.Concat(Enumerable.Range(0, 40).Select(static i =>
            $"{i % 9},{(i % 2 == 0 ? "304" : "5")}\t{i % 2}\n")));
        using var trainer = new Trainer(data, new TrainerOptions { Epochs = 1 }, 1);
        var model = trainer.ToModel(data.Test);
        model.Save(Path.Combine(_files.Folder, "model.bin"));
        var path = Path.Combine(_files.Folder, _files.Write("new.tsv", "x\ty\n1,304\t0\n"));
        var report = Predictor.Label(Model.Load(Path.Combine(_files.Folder, "model.bin")), path);
        Assert.Equal(model.Predict([1.304f]), report.Predictions[0].Values);
    }

    [Fact]
    public void Label_RefusesLabelsOfTheirOwnBesideATable()
    {
        var path = Path.Combine(_files.Folder, _files.Write("d.csv", "age,colour,size\n33,green,1\n"));
        var model = RandomModels.Of(LearningTask.Regression, Activation.Tanh, 5);
        Assert.Equal(
            $"y.gz: labels of their own go with an IDX or NPY file of examples; {path} is a table with a column for the label.",
            Assert.Throws<DataException>(() => Predictor.Label(model, path, labels: "y.gz")).Message);
    }

    [Fact]
    public void Label_ScoresRegressions()
    {
        var model = RandomModels.Of(LearningTask.Regression, Activation.Tanh, 5);
        var path = Path.Combine(_files.Folder, _files.Write("d.csv", "age,colour,size,y\n33,green,1,150\n20,red,9,170\n"));
        var report = Predictor.Label(model, path);
        Assert.Equal(2, report.Regression!.Rows);
        Assert.Equal((Math.Abs(report.Predictions[0].Values[0] - 150) + Math.Abs(report.Predictions[1].Values[0] - 170)) / 2,
            report.Regression.Mae, 1e-9);
    }

    [Theory]
    [InlineData("age,colour,siez\n33,green,1\n", "there is no column \"size\" that the model learned from. Did you mean \"siez\"?")]
    [InlineData("age,colour,size\n33,pink,1\n",
        "row 1, column \"colour\" holds \"pink\", which is none of the categories that the model knows: blue, green, red.")]
    [InlineData("age,colour,size\n33,green,big\n", "row 1, column \"size\" holds \"big\"; the column is one of (finite) numbers.")]
    [InlineData("age,colour,size\n33,green,\n", "row 1, column \"size\" is missing, and the model learned without missing values")]
    [InlineData("age,colour,size\n33,,1\n", "row 1, column \"colour\" is missing")]
    [InlineData("age,colour,size,y\n33,red,1,9\n",
        "row 1, column \"y\" holds \"9\", which is none of the classes that the model knows: 1, 2, 4, 8.")]
    [InlineData("age,colour,size\n", "a header but no row")]
    [InlineData("age,colour,size\n1,red\n", "row 1 has 2 cells")]
    public void Label_RefusesWhatTheModelDoesNotKnow(string csv, string message) =>
        Assert.Contains(message, Assert.Throws<DataException>(() => Label(csv, isStrict: true)).Message, StringComparison.Ordinal);

    [Fact]
    public void Label_NeverTakesAnotherInputForTheMissingOne()
    {
        using var data = _files.LoadCsv("a,c,y\n" + string.Concat(Enumerable.Range(0, 40).Select(static i => $"{i},{i % 7},{i % 2}\n")));
        using var trainer = new Trainer(data, new TrainerOptions { Epochs = 1 }, 1);
        var model = trainer.ToModel(data.Test);
        Assert.DoesNotContain("Did you mean", Refusal("c,y\n1,0\n"), StringComparison.Ordinal);
        Assert.Contains("Did you mean \"b\"?", Refusal("b,c,y\n1,1,0\n"), StringComparison.Ordinal);

        string Refusal(string csv) => Assert.Throws<DataException>(() =>
            Predictor.Label(model, Path.Combine(_files.Folder, _files.Write("new.csv", csv)))).Message;
    }

    [Fact]
    public void Label_WarnsOfNumbersFarOutsideOnceAColumn()
    {
        using var data = _files.LoadCsv("a,b,y\n" + string.Concat(Enumerable.Range(0, 40).Select(static i => $"{i},{i % 7},{i % 2}\n")));
        using var trainer = new Trainer(data, new TrainerOptions { Epochs = 1 }, 1);
        var model = trainer.ToModel(data.Test);
        var warnings = Predictor.Label(model, Path.Combine(_files.Folder, _files.Write("new.csv",
            "a,b\n1e30,3\n20,3\n-1e20,3\n100,2000\n100,-20\n"))).Warnings; // 100 and -20 are near enough
        Assert.Equal(2, warnings.Count);
        Assert.StartsWith("Column \"a\" holds numbers from -1e+20 to 1e+30 in 2 rows, far outside of what the model learned from: numbers "
            + "around ", warnings[0], StringComparison.Ordinal);
        Assert.StartsWith("Column \"b\" holds 2000 in 1 row, far outside", warnings[1], StringComparison.Ordinal);
        Assert.Empty(Predictor.Label(model, Path.Combine(_files.Folder, _files.Write("near.csv", "a,b\n0,0\n39,6\n"))).Warnings);
    }

    [Fact]
    public void Label_TellsAllMistakesOfAFileAtOnce()
    {
        var problems = Assert.Throws<DataException>(() =>
            Label("age,colour,size\n33,green,big\n33,green,\n1,red\nold,red,1\nold,red,2\n")).Problems;
        Assert.Equal(4, problems.Count);
        Assert.Contains(problems,
            static problem => problem.Contains(
                "row 4, column \"age\" holds \"old\"; the column is one of (finite) numbers. The same goes for 1 more row.",
                StringComparison.Ordinal));
    }

    [Fact]
    public void Label_WarnsOfACategoryAndAClassThatTheModelNeverSaw()
    {
        var report = Label("age,colour,size,y\n33,pink,1,9\n33,pink,2,8\n33,red,1,4\n");
        Assert.Equal(3, report.Predictions.Count);
        Assert.Equal(_model.Predict([1, 0, 0, 0, 33]), report.Predictions[0].Values);
        Assert.Equal(2, report.Confusion!.Rows);
        Assert.Collection(report.Warnings,
            static colour => Assert.Contains("\"colour\" holds \"pink\" in 2 rows, which the model never saw", colour,
                StringComparison.Ordinal),
            static label => Assert.Contains("\"9\" of 1 row is none of the classes", label, StringComparison.Ordinal));
    }

    [Fact]
    public void Label_KnowsTheRowsThatWereLearnedFrom()
    {
        using var data = _files.LoadCsv("a,b,y\n"
            + string.Concat(Enumerable.Range(0, 50).Select(static i => FormattableString.Invariant($"{i},{i * i % 7},{i % 2}\n"))));
        using var trainer = new Trainer(data, TrainerOptions.From(new Dictionary<string, object>()), 1);
        var path = Path.Combine(_files.Folder, "model");
        trainer.ToModel().Save(path);
        var model = Model.Load(path);
        Assert.Equal(data.Train.Rows, Predictor.Label(model, Path.Combine(_files.Folder, "data.csv")).LearnedRows);
        Assert.Equal(0, Predictor.Label(model, Path.Combine(_files.Folder, _files.Write("new.csv", "a,b\n100,3\n0.5,2\n"))).LearnedRows);
    }

    [Fact]
    public void Label_KeepsTheSpellingOfClasses()
    {
        using var data = _files.LoadCsv("a,y\n"
            + string.Concat(Enumerable.Range(0, 60)
                .Select(static i => FormattableString.Invariant($"{i},{(i % 3) switch { 0 => "007", 1 => "010", _ => "2" }}\n"))));
        using var trainer = new Trainer(data, TrainerOptions.From(new Dictionary<string, object>()), 1);
        var report = Predictor.Label(trainer.ToModel(), Path.Combine(_files.Folder, _files.Write("new.csv", "a,y\n1,007\n2,7\n3,10\n")));
        Assert.Equal(["2", "007", "010"], report.Confusion!.Classes);
        Assert.Equal(["007", "007", "010"], report.Predictions.Select(static p => p.Actual));
        Assert.All(report.Predictions, p => Assert.Contains(p.Answer, report.Confusion.Classes));
    }

    [Theory]
    [InlineData("0,7,1\n1,2,0\n")]
    [InlineData("0,7\n1,2\n")]
    [InlineData("x0,x1\n0,7\n1,2\n")]
    public void Label_ReadsNewRowsWithoutAHeader(string csv)
    {
        using var data = _files.LoadCsv(
            string.Concat(Enumerable.Range(0, 50).Select(static i => FormattableString.Invariant($"{i},{i * i % 7},{i % 2}\n"))),
            new DataSource { Label = "2", Header = false });
        using var trainer = new Trainer(data, TrainerOptions.From(new Dictionary<string, object>()), 1);
        var report = Predictor.Label(trainer.ToModel(), Path.Combine(_files.Folder, _files.Write("new.csv", csv)));
        Assert.Equal(2, report.Predictions.Count);
    }

    private PredictionReport Label(string csv, bool isStrict = false) =>
        Predictor.Label(_model, Path.Combine(_files.Folder, _files.Write("d.csv", csv)), isStrict);
}
