using System.Globalization;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Tests.Data;

namespace HyperSearch.Training.Tests.Ensembles;

public sealed class FoldsTests : IDisposable
{
    private readonly Files _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(5)]
    [InlineData(3)]
    public void LoadFolds_HoldsEveryRowOutOnce(int count)
    {
        using var folds = DatasetLoader.LoadFolds(Numbered(97), count, seed: 4);
        Assert.Equal(count, folds.Parts.Count);
        Assert.Equal(97, folds.Rows);
        Assert.Equal(Enumerable.Range(0, 97), Enumerable.Range(0, count).SelectMany(fold => folds.HeldOut(fold).ToArray()).Order());
        for (var fold = 0; fold < count; fold++)
        {
            var part = folds.Parts[fold];
            Assert.InRange(part.Dev.Rows, 97 / count, 97 / count + 1);
            double[] learned = Ids(part.Train, part), heldOut = Ids(part.Dev, part);
            Assert.Empty(learned.Intersect(heldOut)); // no network sees what it is judged on
            Assert.Equal(97, learned.Concat(heldOut).Distinct().Count());
            for (var i = 0; i < part.Dev.Rows; i++)
                Assert.Equal(part.Dev.Labels[i], folds.Labels[folds.HeldOut(fold)[i]]);
        }
    }

    [Fact]
    public void LoadFolds_SpreadsEveryClassEvenly()
    {
        using var folds = DatasetLoader.LoadFolds(Numbered(100), 5, seed: 1); // 34, 33 and 33 rows of three classes
        foreach (var part in folds.Parts)
        {
            for (var label = 0; label < 3; label++)
                Assert.InRange(part.Dev.Labels.ToArray().Count(own => own == label), 6, 7);
        }
    }

    [Fact]
    public void LoadFolds_KeepsTheTestShareOutOfEveryFold()
    {
        using var folds = DatasetLoader.LoadFolds(Numbered(100) with { Split = [0.6, 0.2, 0.2] }, 4, seed: 1);
        Assert.Equal(80, folds.Rows);
        foreach (var part in folds.Parts)
        {
            Assert.InRange(part.Test.Rows, 19, 21);
            Assert.Empty(Ids(part.Test, part).Intersect(Ids(part.Train, part).Concat(Ids(part.Dev, part))));
        }
    }

    [Fact]
    public void LoadFolds_NormalizesByTheFoldsOwnTrainingRows()
    {
        using var folds = DatasetLoader.LoadFolds(Numbered(60), 5, seed: 1);
        Assert.Equal(5, folds.Parts.Select(part => part.Normalization.Means[0]).Distinct().Count());
    }

    [Fact]
    public void LoadFolds_RefusesMoreFoldsThanRows() =>
        Assert.Contains("4 rows cannot be dealt into 5 folds",
            Assert.Throws<DataException>(() => DatasetLoader.LoadFolds(Numbered(4), 5, seed: 1)).Message, StringComparison.Ordinal);

    private DataSource Numbered(int rows)
    {
        var lines = Enumerable.Range(0, rows).Select(i => string.Create(CultureInfo.InvariantCulture, $"{i},{i * i % 17},{"abc"[i % 3]}"));
        return new DataSource
        {
            Folder = _files.Folder,
            Path = _files.Write("numbered.csv", "row,x,class\n" + string.Join('\n', lines) + "\n"),
            Label = "class"
        };
    }

    /// <summary>The row numbers that a part's first column holds, with the normalization undone.</summary>
    private static double[] Ids(Partition rows, Dataset part)
    {
        var ids = new double[rows.Rows];
        for (var i = 0; i < ids.Length; i++)
        {
            float[] row = [.. rows.Features.Row(i)];
            part.Normalization.Undo(row);
            ids[i] = Math.Round(row[0]);
        }

        return ids;
    }
}
