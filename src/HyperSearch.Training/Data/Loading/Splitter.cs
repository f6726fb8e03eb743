using HyperSearch.Numerics;
using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Data.Loading;

/// <summary>Draws which rows are for training, development and test; every class in the same proportions.</summary>
internal static class Splitter
{
    /// <summary>The numbers of the rows of each part, each part in random order.</summary>
    public sealed record Parts(int[] Train, int[] Dev, int[] Test);

    /// <summary>Cuts the missing parts from the given training rows.</summary>
    /// <param name="labels">The labels; regression is cut without regard to them.</param>
    /// <param name="given">Rows that came as parts of their own; they stay in their parts.</param>
    /// <param name="shares">Shares of training, development and test; null sizes them by the amount of data.</param>
    /// <param name="random">The stream of the split.</param>
    /// <param name="origin">Where the data came from, for messages.</param>
    /// <exception cref="DataException">A class or the whole is too small to be in every part.</exception>
    public static Parts Split(Labelling labels, SplitSizes given, IReadOnlyList<double>? shares, RandomStream random, string origin)
    {
        var heldOut = SplitSizes.HeldOutShare(given.Train);
        var (dev, test) = shares is null ? (heldOut, heldOut) : (shares[1], shares[2]);
        var groups = Groups(labels, given.Train, random);
        var cutter = new Cutter(given.Dev > 0 ? 0 : dev, given.Test > 0 ? 0 : test);
        RequireRoom(labels, given, groups, 1 + (given.Dev > 0 ? 0 : 1) + (given.Test > 0 ? 0 : 1), origin);
        foreach (var group in groups)
            cutter.Cut(group);
        cutter.Dev.AddRange(Enumerable.Range(given.Train, given.Dev));
        cutter.Test.AddRange(Enumerable.Range(given.Train + given.Dev, given.Test));
        RequireLearned(labels, cutter, origin);
        var train = cutter.Train.ToArray();
        random.Shuffle<int>(train);
        return new Parts(train, [.. cutter.Dev], [.. cutter.Test]);
    }

    /// <summary>Deals the training rows into folds, every class evenly.</summary>
    /// <param name="labels">The labels; regression is dealt without regard to them.</param>
    /// <param name="given">Rows that came as parts of their own; test rows stay test rows.</param>
    /// <param name="shares">Shares of training, development and test; only the last is kept from the folds. Null keeps
    /// none.</param>
    /// <param name="folds">How many folds.</param>
    /// <param name="random">The stream of the dealing.</param>
    /// <param name="origin">Where the data came from, for messages.</param>
    /// <returns>The numbers of the rows of each fold and of the test rows, each part in random order.</returns>
    /// <exception cref="DataException">There are fewer rows than folds, or a development file of its own.</exception>
    public static (int[][] Folds, int[] Test) Deal(
        Labelling labels, SplitSizes given, IReadOnlyList<double>? shares, int folds, RandomStream random, string origin)
    {
        if (given.Dev > 0)
            throw new DataException($"{origin}: folds hold out every training row in turn, so a development file of its own has no "
                + $"use. Add its rows to the training file, or take `folds` away.");
        var groups = Groups(labels, given.Train, random);
        var cutter = new Cutter(devShare: 0, given.Test > 0 || shares is null ? 0 : shares[2]);
        foreach (var group in groups)
            cutter.Cut(group);
        if (cutter.Train.Count < folds)
            throw new DataException($"{origin}: {cutter.Train.Count} rows cannot be dealt into {folds} folds. Ask for fewer folds, or "
                + $"add rows.");
        var dealt = Enumerable.Range(0, folds).Select(fold => cutter.Train.Where((_, i) => i % folds == fold).ToArray()).ToArray();
        foreach (var fold in dealt)
            random.Shuffle<int>(fold);
        cutter.Test.AddRange(Enumerable.Range(given.Train, given.Test));
        return (dealt, [.. cutter.Test]);
    }

    private static List<int[]> Groups(Labelling labels, int rows, RandomStream random)
    {
        var groups = labels.Task == LearningTask.Regression
            ? [[.. Enumerable.Range(0, rows)]]
            : Enumerable.Range(0, rows).GroupBy(row => labels.Labels[row]).OrderBy(static group => group.Key).Select(static group =>
            group.ToArray()).ToList();
        foreach (var group in groups)
            random.Shuffle<int>(group);
        return groups;
    }

    private static void RequireRoom(Labelling labels, SplitSizes given, List<int[]> groups, int parts, string origin)
    {
        if (given.Train < parts)
            throw new DataException($"{origin}: {given.Train} rows cannot be split into {parts} parts. More rows are needed.");
        if (labels.Task == LearningTask.Regression)
            return;
        var problems = new DataProblems();
        foreach (var small in groups.Where(group => group.Length < parts))
        {
            var name = labels.Classes[labels.Labels[small[0]]];
            var rows = small.Length == 1 ? "a single row" : $"{small.Length} rows";
            problems.Add($"{origin}: the class \"{name}\" has {rows}; "
                + $"{(parts == 3 ? "training, development and test need" : "the split needs")} at least one each. "
                + "Add rows of the class, remove it, or join it with another.");
        }
        problems.ThrowIfAny();
    }

    private static void RequireLearned(Labelling labels, Cutter cutter, string origin)
    {
        if (labels.Task == LearningTask.Regression)
            return;
        var learned = cutter.Train.Select(row => labels.Labels[row]).ToHashSet();
        var strange = cutter.Dev.Concat(cutter.Test).Select(row => labels.Labels[row]).FirstOrDefault(label =>
            !learned.Contains(label), -1);
        if (strange >= 0)
            throw new DataException($"{origin}: no training row has the class \"{labels.Classes[strange]}\", which the development or "
                + $"test file holds. Add such rows for training, or remove them there.");
    }

    /// <summary>Cuts group after group so that each group and the running total stay within one row of their shares.</summary>
    private sealed class Cutter(double devShare, double testShare)
    {
        private double _devOwed, _testOwed;

        public List<int> Train { get; } = [];

        public List<int> Dev { get; } = [];

        public List<int> Test { get; } = [];

        public void Cut(int[] shuffled)
        {
            var dev = Take(shuffled.Length, devShare, ref _devOwed);
            var test = Take(shuffled.Length, testShare, ref _testOwed);
            if (dev + test >= shuffled.Length)
                (dev, test) = (Math.Min(dev, 1), Math.Min(test, 1));
            Dev.AddRange(shuffled.AsSpan(0, dev));
            Test.AddRange(shuffled.AsSpan(dev, test));
            Train.AddRange(shuffled.AsSpan(dev + test));
        }

        private static int Take(int rows, double share, ref double owed)
        {
            if (share == 0)
                return 0;
            var exact = rows * share;
            owed += exact;
            var taken = Math.Clamp((int)Math.Round(owed), Math.Max(1, (int)Math.Floor(exact)), Math.Max(1, (int)Math.Ceiling(exact)));
            owed -= taken;
            return taken;
        }
    }
}
