using CsCheck;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Training.Tests.Data;

public sealed class SplitTests
{
    [Theory]
    [InlineData(100, 0.2)]
    [InlineData(10_000, 0.2)]
    [InlineData(100_000, 0.0447)]
    [InlineData(1_000_000, 0.01)]
    [InlineData(10_000_000, 0.001)]
    public void HeldOutShare_FollowsTheCourse(int rows, double share) => Assert.Equal(share, SplitSizes.HeldOutShare(rows), 0.0001);

    [Fact]
    public void HeldOutShare_NeverGivesMoreRowsFewerTests() =>
        Gen.Int[3, 3_000_000]
            .Sample(static rows => (rows + 1000) * SplitSizes.HeldOutShare(rows + 1000) >= (rows * SplitSizes.HeldOutShare(rows)) - 1e-6);

    [Fact]
    public void Split_IsStratifiedWithinOneRowPerClass() =>
        Gen.Select(Gen.Int[3, 400].Array[2, 12], Gen.Int[0, 1000]).Sample(static (sizes, seed) =>
        {
            var labels = OfClasses(sizes);
            var rows = sizes.Sum();
            var parts = Splitter.Split(labels, new SplitSizes(rows, 0, 0), null, RandomStream.For((ulong)seed, 0, "split"), "test");
            var share = SplitSizes.HeldOutShare(rows);
            for (var c = 0; c < sizes.Length; c++)
            {
                var (train, dev, test) = (Count(parts.Train, labels, c), Count(parts.Dev, labels, c), Count(parts.Test, labels, c));
                if (Math.Abs(dev - (share * sizes[c])) >= 1 || Math.Abs(test - (share * sizes[c])) >= 1 || train == 0
                    || dev == 0 || test == 0)
                    return false;
            }
            return parts.Train.Concat(parts.Dev).Concat(parts.Test).Order().SequenceEqual(Enumerable.Range(0, rows));
        }, iter: 300);

    /// <summary>A file of its own that holds training rows judges what was learned by heart.</summary>
    [Fact]
    public void Load_SaysWhichRowsToJudgeByAreNotNew()
    {
        using var files = new Files();
        string Table(int from) => "a,y\n" + string.Concat(Enumerable.Range(from, 20).Select(static i => $"{i}.5,{"uv"[i % 2]}\n"));
        files.Write("train.csv", Table(0));
        files.Write("half.csv", Table(10));
        files.Write("new.csv", Table(20));
        const string Says = "says nothing of new rows. Take such rows out of one of the two files.";
        Assert.Equal(["train.csv: 10 of the 20 test rows have the inputs of rows that networks learn from or are chosen by, and what is "
            + $"measured on them {Says}"], Notes(null, "half.csv"));
        Assert.Equal(
        [
            "train.csv: 8 of the 20 dev rows have the inputs of training rows, and what is measured on them " + Says,
            "train.csv: 2 of the 4 test rows have the inputs of rows that networks learn from or are chosen by, and what is "
                + $"measured on them {Says}",
        ], Notes("half.csv", null));
        Assert.Empty(Notes(null, "new.csv"));
        Assert.Empty(Notes(null, null));

        IReadOnlyList<string> Notes(string? dev, string? test)
        {
            using var data = files.Load(new DataSource { Train = "train.csv", Dev = dev, Test = test, Label = "y" });
            return [.. data.Reading.Notes.Select(note => note.Replace(files.Folder + "/", "", StringComparison.Ordinal))];
        }
    }

    [Fact]
    public void Split_TotalsAreWithinOneRowOfTheShares()
    {
        var labels = OfClasses([.. Enumerable.Repeat(52, 100)]);
        var parts = Splitter.Split(labels, new SplitSizes(5200, 0, 0), null, RandomStream.For(1, 0, "split"), "test");
        Assert.InRange(parts.Dev.Length, 1039, 1041);
        Assert.InRange(parts.Test.Length, 1039, 1041);
    }

    [Fact]
    public void Split_PutsEachRowInEachPartAsOftenAsItsShare()
    {
        const int seeds = 4000;
        var labels = OfClasses([20, 30]);
        var inDev = new int[50];
        for (var seed = 0; seed < seeds; seed++)
        {
            foreach (var row in Splitter.Split(labels, new SplitSizes(50, 0, 0), null,
                RandomStream.For((ulong)seed, 0, "split"), "test").Dev)
                inDev[row]++;
        }
        var deviation = Math.Sqrt(seeds * 0.2 * 0.8);
        Assert.All(inDev, count => Assert.InRange(count, (seeds * 0.2) - (4.5 * deviation), (seeds * 0.2) + (4.5 * deviation)));
    }

    [Fact]
    public void Split_DependsOnTheSeedAlone()
    {
        var labels = OfClasses([40, 60]);
        Splitter.Parts Draw(ulong seed) =>
            Splitter.Split(labels, new SplitSizes(100, 0, 0), null, RandomStream.For(seed, 0, "split"), "test");
        Assert.Equal(Draw(3).Train, Draw(3).Train);
        Assert.NotEqual(Draw(3).Train, Draw(4).Train);
    }

    private static Labelling OfClasses(int[] sizes) => new(
        LearningTask.MultiClass,
        [.. sizes.Select(static (_, c) => $"c{c}")],
        [.. sizes.SelectMany(static (size, c) => Enumerable.Repeat(c, size))],
        []);

    private static int Count(int[] rows, Labelling labels, int label) => rows.Count(row => labels.Labels[row] == label);
}
