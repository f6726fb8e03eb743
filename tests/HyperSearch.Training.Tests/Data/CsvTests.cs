using System.Globalization;
using System.IO.Compression;
using System.Text;
using CsCheck;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Training.Tests.Data;

public sealed class CsvTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Fact]
    public void Load_ReadsTheDigits()
    {
        using var digits = DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = "digits.csv", Label = "digit" }, 1);
        Assert.Equal(LearningTask.MultiClass, digits.Task);
        Assert.Equal((64, 10), (digits.Inputs, digits.Outputs));
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"], digits.Classes);
        Assert.Equal(1797, digits.Train.Rows + digits.Dev.Rows + digits.Test.Rows);
        Assert.InRange(digits.Dev.Rows, 358, 361);
        Assert.Equal(digits.Train.Rows, digits.Train.Labels.Length);
    }

    [Fact]
    public void Summary_CountsClassesOverAllRows()
    {
        var source = new DataSource { Folder = Files.Kept, Path = "digits.csv", Label = "digit" };
        using var digits = DatasetLoader.Load(source, 1);
        using var folds = DatasetLoader.LoadFolds(source, 5, 1);
        DataSummary parts = DataSummary.Of(digits), dealt = DataSummary.Of(folds);
        Assert.Equal(1797, parts.Classes.Sum(static entry => entry.Rows));
        Assert.Equal(parts.Classes, dealt.Classes);
        Assert.Equal((64, 0, 64), (parts.NumberColumns, parts.CategoryColumns, parts.Inputs));
        Assert.Equal("1,797 rows in 5 folds, no test rows; 64 inputs, 10 classes", dealt.Lines.First());
    }

    [Fact]
    public void Summary_NamesTheColumnsThatTellNothing()
    {
        static string Csv(Func<int, string> row) => string.Concat(Enumerable.Range(0, 40).Select(i => $"{row(i)},{i % 2}\n"));
        using var one = _files.LoadCsv("a,same,y\n" + Csv(static i => $"{i % 9},3.7"));
        Assert.Equal("column \"same\" tells nothing, because it is the same in every row learned from; list it under `ignore`",
            DataSummary.Of(one).Lines.Last());
        _files.Write("two.csv", "a,same,b,word,y\n" + Csv(static i => $"{i % 9},3.7,{i % 4},x"));
        using var folds = DatasetLoader.LoadFolds(new DataSource { Folder = _files.Folder, Path = "two.csv", Label = "y" }, 2, 1);
        Assert.Equal(["same", "word"], DataSummary.Of(folds).Constant);
        using var digits = DatasetLoader.Load(
            new DataSource { Folder = Files.Kept, Path = "digits.csv", Label = "digit", Image = "8x8" }, 1);
        Assert.Empty(DataSummary.Of(digits).Constant); // an empty corner of a picture is no column
    }

    [Fact]
    public void Load_ReadsTheDiabetesRegression()
    {
        using var diabetes =
            DatasetLoader.Load(new DataSource { Folder = Files.Kept, Path = "diabetes.csv", Label = "progression", Task = "regression" },
                1);
        Assert.Equal(LearningTask.Regression, diabetes.Task);
        Assert.Equal((10, 1, 442), (diabetes.Inputs, diabetes.Outputs, diabetes.Train.Rows + diabetes.Dev.Rows + diabetes.Test.Rows));
        Assert.Equal(0, Enumerable.Range(0, diabetes.Train.Rows).Average(i => diabetes.Train.Targets[i]), 1e-6);
        Assert.Equal(1, Enumerable.Range(0, diabetes.Train.Rows).Average(i => Math.Pow(diabetes.Train.Targets[i], 2)), 1e-5);
        Assert.Equal(151, diabetes.Targets!.Restore(diabetes.Targets.Standardize(151)), 1e-3);
    }

    [Fact]
    public void Load_NormalizesByTheTrainingPartAndCopesWithAConstant()
    {
        var csv = "a,same,y\n"
            + string.Concat(Enumerable.Range(0, 50).Select(static i => Line($"{i * i},3.7,{(i % 2 == 0 ? "no" : "yes")}")));
        using var data = _files.LoadCsv(csv);
        Assert.Equal(LearningTask.Binary, data.Task);
        Assert.Equal(["no", "yes"], data.Classes);
        float[] a = [.. Enumerable.Range(0, data.Train.Rows).Select(i => data.Train.Features.Row(i)[0])];
        Assert.Equal(0, a.Average(), 1e-5);
        Assert.Equal(1, a.Average(static x => x * x), 1e-5);
        Assert.All(Enumerable.Range(0, data.Dev.Rows), i => Assert.Equal(0, data.Dev.Features.Row(i)[1]));
    }

    [Fact]
    public void Load_MakesTextColumnsOneHot()
    {
        var csv = "colour,size,y\n"
            + string.Concat(Enumerable.Range(0, 30).Select(static i => Line($"{(i % 3 == 0 ? "red" : "blue")},{i},{i % 2}")));
        using var data = _files.LoadCsv(csv, new DataSource { Label = "y", Normalize = "none" });
        Assert.Equal(["colour=blue", "colour=red", "size"], data.FeatureNames);
        Assert.All(Enumerable.Range(0, data.Train.Rows), i =>
        {
            var row = data.Train.Features.Row(i);
            Assert.Equal(row[2] % 3 == 0 ? (0f, 1f) : (1f, 0f), (row[0], row[1]));
            Assert.Equal((int)row[2] % 2, data.Train.Labels[i]);
        });
    }

    [Theory]
    [InlineData("mean", 2.5f, "a")]
    [InlineData("mode", 1f, "a")]
    public void Load_FillsMissingValuesFromTheTrainingPart(string missing, float number, string category)
    {
        _files.Write("train.csv", "n,c,y\n1,a,0\n1,a,1\n2,b,0\n6,a,1\n,,0\n");
        _files.Write("test.csv", "n,c,y\n1000,b,0\n1000,b,1\nNA,?,1\n");
        using var data = _files.Load(new DataSource
        {
            Train = "train.csv",
            Dev = "test.csv",
            Test = "test.csv",
            Label = "y",
            Missing = missing,
            Normalize = "none"
        });
        Assert.Equal((number, category), (data.Schema.Columns[0].FillNumber, data.Schema.Columns[1].FillCategory));
        Assert.Equal([number, 1, 0], data.Test.Features.Row(2));
    }

    [Fact]
    public void Load_KeepsExplicitPartsAndCutsTheOthers()
    {
        string Rows(int from, int count) => "x,y\n" + string.Concat(Enumerable.Range(from, count).Select(static i => Line($"{i},{i % 2}")));
        _files.Write("train.csv", Rows(0, 100));
        _files.Write("test.csv", "y,x\n" + string.Concat(Enumerable.Range(1000, 10).Select(static i => Line($"{i % 2},{i}"))));
        using var data = _files.Load(new DataSource { Train = "train.csv", Test = "test.csv", Label = "y", Normalize = "none" });
        Assert.Equal((80, 20, 10), (data.Train.Rows, data.Dev.Rows, data.Test.Rows));
        Assert.All(Enumerable.Range(0, 10), i => Assert.Equal(1000 + i, data.Test.Features.Row(i)[0]));
    }

    [Fact]
    public void Load_ReadsGzipSemicolonsQuotesMarksAndCarriageReturns()
    {
        var csv = "\uFEFF\"the ; x\";y\r\n" + string.Concat(Enumerable.Range(0, 20).Select(static i => Line($"\"{i}.5\"; {i % 2} \r")));
        using var buffer = new MemoryStream();
        using (var gzip = new GZipStream(buffer, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(csv));
        _files.Write("data.csv.gz", buffer.ToArray());
        using var data = _files.Load(new DataSource { Path = "data.csv.gz", Label = "y" });
        Assert.Equal(["the ; x"], data.FeatureNames);
        Assert.Equal(20, data.Train.Rows + data.Dev.Rows + data.Test.Rows);
    }

    [Fact]
    public void Load_GivesTheSameBitsForTheSameSeedAndOthersForAnother()
    {
        var source = new DataSource { Folder = Files.Kept, Path = "digits.csv", Label = "digit" };
        using Dataset one = DatasetLoader.Load(source, 5), same = DatasetLoader.Load(source, 5), other = DatasetLoader.Load(source, 6);
        Assert.Equal(one.Fingerprint, same.Fingerprint);
        Assert.NotEqual(one.Fingerprint, other.Fingerprint);
        Assert.Matches("^[0-9a-f]{32}$", one.Fingerprint);
    }

    [Fact]
    public void Load_TakesManyIntegersForARegressionAndFewForClasses()
    {
        string Csv(int classes) => "x,y\n" + string.Concat(Enumerable.Range(0, 200).Select(i => Line($"{i},{i % classes}")));
        using Dataset few = _files.LoadCsv(Csv(20)), many = _files.LoadCsv(Csv(21)),
            asked = _files.LoadCsv(Csv(3), new DataSource { Label = "y", Task = "regression" });
        Assert.Equal((LearningTask.MultiClass, LearningTask.Regression, LearningTask.Regression), (few.Task, many.Task, asked.Task));
    }

    [Fact]
    public void Load_TakesMixedLabelsForTexts()
    {
        var csv = "x,y\n" + string.Concat(Enumerable.Range(0, 48)
            .Select(static i => Line($"{i},{(i % 16 < 10 ? $"{i % 16}" : $"{(char)('A' + (i % 16) - 10)}")}")));
        using var hexadecimal = _files.LoadCsv(csv);
        Assert.Equal(["0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "A", "B", "C", "D", "E", "F"], hexadecimal.Classes);
    }

    [Fact]
    public void Normalization_IsItsFormulaAndUndoesItself() =>
        Gen.Select(Gen.Float[-1000, 1000], Gen.Float[-50, 50], Gen.Float[0.01f, 100]).Array[1, 70].Sample(static cells =>
        {
            float[] raw = [.. cells.Select(static c => c.Item1)], means = [.. cells.Select(static c => c.Item2)],
                scales = [.. cells.Select(static c => c.Item3)];
            var normalization = new Normalization(means, scales);
            var features = (float[])raw.Clone();
            normalization.Apply(features);
            for (var i = 0; i < raw.Length; i++)
            {
                if (features[i] != (raw[i] - means[i]) * scales[i])
                    return false;
            }
            normalization.Undo(features);
            return features.Zip(raw).All(static pair => Math.Abs(pair.First - pair.Second) <= 1e-3);
        }, iter: 300);

    [Fact]
    public void Schema_SurvivesJson()
    {
        using var digits = DatasetLoader.Load(new DataSource
        {
            Folder = Files.Kept,
            Path = "digits.csv",
            Label = "digit",
            Missing = "mean"
        }, 1);
        var json = digits.Schema.ToJson();
        Assert.Equal(json, DataSchema.FromJson(json).ToJson());
        Assert.Throws<DataException>(() => DataSchema.FromJson(json[..^10]));
        Assert.Throws<DataException>(() => DataSchema.FromJson("{}"));
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture) + "\n";
}
