using System.Runtime.InteropServices;
using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Data.Loading;

/// <summary>Data sets of arrays and spans: split and normalized as files are, with nothing on disk.</summary>
public static class DatasetOfArrays
{
    private const string Arrays = "the arrays";

    extension(Dataset)
    {
        /// <summary>A data set of rows with classes.</summary>
        /// <param name="features">Raw inputs, row after row; not normalized. NaN stands for a missing value.</param>
        /// <param name="columns">Inputs of a row.</param>
        /// <param name="classes">The class of each row; any whole numbers.</param>
        /// <param name="seed">Seed of the split.</param>
        /// <param name="how">
        /// How they are read: its split, missing, normalize, image and label; it names no file. Null splits by the amount of data and
        /// refuses missing values.
        /// </param>
        /// <exception cref="ArgumentException">The spans do not fit each other.</exception>
        /// <exception cref="DataException">A value is missing or infinite, or the rows do not fit what is asked of them.</exception>
        /// <example>
        /// <code>
        /// float[] features = [.. Enumerable.Range(0, 400).Select(i => (float)(i % 20))]; // 200 rows of 2
        /// int[] classes = [.. Enumerable.Range(0, 200).Select(i => i % 10 &lt; 5 ? 0 : 1)];
        /// using var data = Dataset.FromClasses(features, columns: 2, classes, seed: 1);
        /// using var trainer = new Trainer(data, new TrainerOptions { HiddenUnits = 8 }, seed: 1);
        /// </code>
        /// </example>
        public static Dataset FromClasses(
            ReadOnlySpan<float> features, int columns, ReadOnlySpan<int> classes, ulong seed, DataSource? how = null)
        {
            var labels = new LabelCells(how?.Label ?? "label");
            foreach (var label in classes)
                labels.Add((double)label);
            return FromArrays(features, columns, labels, seed, how, "classification");
        }

        /// <inheritdoc cref="FromClasses(ReadOnlySpan{float}, int, ReadOnlySpan{int}, ulong, DataSource?)"/>
        /// <param name="features">Raw inputs, one row per example; not normalized. NaN stands for a missing value.</param>
        /// <param name="classes">The class of each row; any whole numbers.</param>
        /// <param name="seed">Seed of the split.</param>
        /// <param name="how">How they are read.</param>
        public static Dataset FromClasses(float[,] features, ReadOnlySpan<int> classes, ulong seed, DataSource? how = null)
        {
            ArgumentNullException.ThrowIfNull(features);
            return FromClasses(Rows(features), features.GetLength(1), classes, seed, how);
        }

        /// <summary>A data set of rows with classes that have names.</summary>
        /// <param name="features">Raw inputs, row after row; not normalized. NaN stands for a missing value.</param>
        /// <param name="columns">Inputs of a row.</param>
        /// <param name="classes">The name of each row's class.</param>
        /// <param name="seed">Seed of the split.</param>
        /// <param name="how">How they are read.</param>
        /// <exception cref="ArgumentException">The spans do not fit each other.</exception>
        /// <exception cref="DataException">A value is missing or infinite, or the rows do not fit what is asked of them.</exception>
        public static Dataset FromClasses(
            ReadOnlySpan<float> features, int columns, ReadOnlySpan<string> classes, ulong seed, DataSource? how = null)
        {
            var labels = new LabelCells(how?.Label ?? "label");
            foreach (var label in classes)
                labels.Add(label ?? throw new ArgumentException("Every row has a class; one of them is null.", nameof(classes)));
            return FromArrays(features, columns, labels, seed, how, "classification");
        }

        /// <summary>A data set of rows with a number to predict.</summary>
        /// <param name="features">Raw inputs, row after row; not normalized. NaN stands for a missing value.</param>
        /// <param name="columns">Inputs of a row.</param>
        /// <param name="targets">The target of each row, in its own unit; finite.</param>
        /// <param name="seed">Seed of the split.</param>
        /// <param name="how">How they are read.</param>
        /// <exception cref="ArgumentException">The spans do not fit each other.</exception>
        /// <exception cref="DataException">A value is missing or infinite, or the rows do not fit what is asked of them.</exception>
        public static Dataset FromTargets(
            ReadOnlySpan<float> features, int columns, ReadOnlySpan<double> targets, ulong seed, DataSource? how = null)
        {
            var labels = new LabelCells(how?.Label ?? "label");
            for (var row = 0; row < targets.Length; row++)
            {
                if (!double.IsFinite(targets[row]))
                    throw new DataException($"{Arrays}: the target of row {row} is not a finite number.");
                labels.Add(targets[row]);
            }
            return FromArrays(features, columns, labels, seed, how, "regression");
        }

        /// <inheritdoc cref="FromTargets(ReadOnlySpan{float}, int, ReadOnlySpan{double}, ulong, DataSource?)"/>
        /// <param name="features">Raw inputs, one row per example; not normalized. NaN stands for a missing value.</param>
        /// <param name="targets">The target of each row, in its own unit; finite.</param>
        /// <param name="seed">Seed of the split.</param>
        /// <param name="how">How they are read.</param>
        public static Dataset FromTargets(float[,] features, ReadOnlySpan<double> targets, ulong seed, DataSource? how = null)
        {
            ArgumentNullException.ThrowIfNull(features);
            return FromTargets(Rows(features), features.GetLength(1), targets, seed, how);
        }
    }

    private static Dataset FromArrays(
        ReadOnlySpan<float> features, int columns, LabelCells labels, ulong seed, DataSource? how, string task)
    {
        how ??= new DataSource();
        if ((how.Path ?? how.Train ?? how.Images ?? how.Generate?.Kind) is not null)
            throw new ArgumentException(
                "The examples are the arrays; a source that goes with them names no file and generates nothing.", nameof(how));
        SourceRules.Require(how with { Path = Arrays, Task = task });
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        if (labels.Count == 0 || features.Length != (long)labels.Count * columns)
        {
            throw new ArgumentException(
                $"{labels.Count} labels and rows of {columns} inputs need {(long)labels.Count * columns} features; "
                + $"there are {features.Length}.",
                nameof(features));
        }
        var cells = new FeatureMatrix(labels.Count, columns);
        var inputs = Enumerable.Range(1, columns).Select(static i => new InputColumn { Name = $"x{i}" }).ToArray();
        using var table = new RawTable(Arrays, inputs, cells, labels);
        for (var row = 0; row < labels.Count; row++)
        {
            var values = features.Slice(row * columns, columns);
            for (var column = 0; column < columns; column++)
            {
                if (float.IsInfinity(values[column]) || (float.IsNaN(values[column]) && how.Missing == "refuse"))
                {
                    throw new DataException(
                        $"{Arrays}: row {row}, column {column} is {(float.IsNaN(values[column]) ? "missing" : "infinite")}; "
                        + "inputs are finite numbers, and a source whose Missing is mean or mode fills missing ones in.");
                }
            }
            values.CopyTo(cells.Writable(row));
        }
        return DatasetBuilder.Build(table, how with { Task = task }, seed, Joined.None);
    }

    private static ReadOnlySpan<float> Rows(float[,] features) =>
        features.Length == 0 ? [] : MemoryMarshal.CreateReadOnlySpan(ref features[0, 0], features.Length);
}
