using CsCheck;
using HyperSearch.Training.Scores;

namespace HyperSearch.Training.Tests.Scores;

public sealed class ScoreTests
{
    [Fact]
    public void ConfusionMatrix_ScoresTheCatExample()
    {
        // 3 classes: 4 cats (3 found), 3 dogs (2 found), 1 bird taken for a cat.
        var matrix = new ConfusionMatrix(["cat", "dog", "bird"], [0, 0, 0, 0, 1, 1, 1, 2], [0, 0, 0, 1, 1, 1, 0, 0]);
        Assert.Equal(5 / 8.0, matrix.Accuracy);
        Assert.Equal(3 / 8.0, matrix.Error);
        Assert.Equal([3, 1, 0], matrix.Counts[0]);
        Assert.Equal(new ClassScores("cat", 4, 3 / 5.0, 3 / 4.0, 6 / 9.0), matrix.PerClass[0]);
        Assert.Equal(new ClassScores("dog", 3, 2 / 3.0, 2 / 3.0, 4 / 6.0), matrix.PerClass[1]);
        Assert.Equal(new ClassScores("bird", 1, 0, 0, 0), matrix.PerClass[2]);
        Assert.Equal(((6 / 9.0) + (4 / 6.0)) / 3, matrix.MacroF1, 1e-15);
    }

    [Fact]
    public void ConfusionMatrix_CountsEveryRowOnce() =>
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 4]).Array[1, 200].Sample(static pairs =>
        {
            var matrix = new ConfusionMatrix(
                ["a", "b", "c", "d", "e"], [.. pairs.Select(static p => p.Item1)], [.. pairs.Select(static p => p.Item2)]);
            return matrix.Counts.Sum(static row => row.Sum()) == pairs.Length
                && matrix.PerClass.Sum(static scores => scores.Rows) == pairs.Length
                && Math.Abs(matrix.Accuracy - ((double)pairs.Count(static p => p.Item1 == p.Item2) / pairs.Length)) < 1e-12
                && matrix.PerClass.All(
                    static s => s.F1 <= Math.Max(s.Precision, s.Recall) + 1e-12 && s.F1 >= Math.Min(s.Precision, s.Recall) - 1e-12);
        }, iter: 300);

    [Fact]
    public void ConfusionMatrix_RefusesWhatIsNoClass()
    {
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(["a", "b"], [0, 2], [0, 1]));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(["a", "b"], [0, 1], [0, -1]));
        Assert.Throws<ArgumentException>(() => new ConfusionMatrix(["a", "b"], [0, 1], [0]));
    }

    [Fact]
    public void RegressionScores_HaveTheirClosedForms()
    {
        var scores = RegressionScores.Of([1, 2, 3, 6], [2, 2, 2, 6]);
        Assert.Equal((4, Math.Sqrt(0.5), 0.5), (scores.Rows, scores.Rmse, scores.Mae));
        Assert.Equal(1 - (2 / 14.0), scores.R2, 1e-15);
        Assert.Equal(0, RegressionScores.Of([1, 2, 3], [2, 2, 2]).R2, 1e-15);
        Assert.Equal(1, RegressionScores.Of([1, 2, 3], [1, 2, 3]).R2);
        Assert.True(double.IsNaN(RegressionScores.Of([2, 2], [1, 3]).R2));
    }
}
