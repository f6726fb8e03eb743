using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Training.Tests.Data;

/// <summary>Data sets of arrays and spans.</summary>
public sealed class ArrayDatasetTests
{
    [Fact]
    public void FromClasses_LearnsTheExample()
    {
        float[] features = [.. Enumerable.Range(0, 400).Select(i => (float)(i % 20))]; // 200 rows of 2
        int[] classes = [.. Enumerable.Range(0, 200).Select(i => i % 10 < 5 ? 0 : 1)];
        using var data = Dataset.FromClasses(features, columns: 2, classes, seed: 1);
        using var trainer = new Trainer(data, new TrainerOptions { HiddenUnits = 8 }, seed: 1);
        Assert.Equal(LearningTask.Binary, data.Task);
        Assert.Equal(["0", "1"], data.Classes);
        Assert.Equal((120, 40, 40), (data.Train.Rows, data.Dev.Rows, data.Test.Rows));
        Assert.InRange(trainer.Epochs(100).DevError, 0, 0.05);
    }

    [Fact]
    public void FromClasses_GivesTheDataSetOfTheSameFile()
    {
        using var files = new Files();
        var random = RandomStream.For(1, 0, "arrays");
        var features = new float[90, 3];
        var classes = new int[90];
        var text = "x1,x2,x3,y\n";
        for (var row = 0; row < 90; row++)
        {
            classes[row] = row % 3;
            for (var column = 0; column < 3; column++)
                features[row, column] = (float)Math.Round(random.NextNormal(), 3);
            text += FormattableString.Invariant($"{features[row, 0]},{features[row, 1]},{features[row, 2]},{row % 3}\n");
        }
        files.Write("same.csv", text);
        using var read = files.Load(new DataSource { Path = "same.csv", Label = "y" });
        using var made = Dataset.FromClasses(features, classes, seed: 1, new DataSource { Label = "y" });
        using var named = Dataset.FromClasses(Flat(features), 3, [.. classes.Select(c => $"c{c}")], seed: 1);
        Assert.Equal(read.Fingerprint, made.Fingerprint);
        Assert.Equal(["c0", "c1", "c2"], named.Classes);
        Assert.Equal(made.Train.Labels.ToArray(), named.Train.Labels.ToArray());
    }

    [Fact]
    public void FromTargets_StandardizesAndFillsMissingValues()
    {
        var features = new float[60, 2];
        var targets = new double[60];
        for (var row = 0; row < 60; row++)
            (features[row, 0], features[row, 1], targets[row]) = (row, row % 7 == 0 ? float.NaN : row % 5, 3 * row + 10);
        using var data = Dataset.FromTargets(features, targets, seed: 1, new DataSource { Missing = "mean", Split = [0.5, 0.25, 0.25] });
        Assert.Equal((30, 15, 15), (data.Train.Rows, data.Dev.Rows, data.Test.Rows));
        Assert.Equal(LearningTask.Regression, data.Task);
        Assert.Equal(0, data.Train.Targets.ToArray().Average(), 5);
        Assert.Equal(["x1", "x2"], data.FeatureNames);
    }

    [Fact]
    public void Arrays_ThatDoNotFitAreRefused()
    {
        Refused<ArgumentException>("need 6 features; there are 5", () => Dataset.FromClasses(new float[5], 2, [0, 1, 0], 1));
        Assert.Throws<ArgumentOutOfRangeException>(() => Dataset.FromClasses([], 0, [0, 1], 1));
        Assert.Throws<ArgumentException>(() => Dataset.FromClasses(new float[4], 2, [0, 1], 1, new DataSource { Path = "x.csv" }));
        Refused<DataException>("row 1, column 0 is missing", () => Dataset.FromClasses([1, float.NaN], 1, [0, 1], 1));
        Refused<DataException>("row 0, column 0 is infinite", () => Dataset.FromClasses([float.PositiveInfinity, 1], 1, [0, 1], 1));
        Refused<DataException>("target of row 1", () => Dataset.FromTargets([1, 2], 1, [0, double.NaN], 1));
        Refused<DataException>("not three shares", () => Dataset.FromClasses(new float[4], 2, [0, 1], 1, new DataSource { Split = [1] }));
    }

    private static void Refused<TException>(string said, Action make)
        where TException : Exception =>
        Assert.Contains(said, Assert.Throws<TException>(make).Message, StringComparison.Ordinal);

    private static float[] Flat(float[,] features) => [.. features.Cast<float>()];
}
