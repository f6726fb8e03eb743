using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Data.Loading;

/// <summary>Makes a <see cref="Dataset"/> of a table as it was read: splits, encodes, normalizes.</summary>
internal static class DatasetBuilder
{
    /// <summary>Builds the data set; the table may be disposed afterwards.</summary>
    /// <param name="table">Examples as they were read.</param>
    /// <param name="source">The source that the user described.</param>
    /// <param name="seed">Seed of the split.</param>
    /// <param name="joined">The rows that are learned from beside the training rows, so that there are none of theirs to judge by.</param>
    /// <exception cref="DataException">The examples do not fit what the user asked for.</exception>
    public static Dataset Build(RawTable table, DataSource source, ulong seed, Joined joined)
    {
        var labels = Labelling.Of(table.Labels, table.Origin, source.Task);
        var parts = Splitter.Split(labels, table.Given, source.Split, RandomStream.For(seed, 0, "split"), table.Origin);
        parts = joined switch
        {
            Joined.Dev => new Splitter.Parts([.. parts.Train, .. parts.Dev], [], parts.Test),
            Joined.All => new Splitter.Parts([.. parts.Train, .. parts.Dev, .. parts.Test], [], []),
            _ => parts,
        };
        var columns = RowEncoder.WithFills(table, parts.Train, source.Missing);
        return Assemble(table, source, labels, columns, Scale(labels, parts.Train, table), parts);
    }

    /// <summary>Builds a data set for each fold; the table may be disposed afterwards.</summary>
    /// <param name="table">Examples as they were read.</param>
    /// <param name="source">The source that the user described.</param>
    /// <param name="folds">How many folds.</param>
    /// <param name="seed">Seed of the dealing.</param>
    /// <exception cref="DataException">The examples do not fit what the user asked for.</exception>
    public static Folds BuildFolds(RawTable table, DataSource source, int folds, ulong seed)
    {
        var labels = Labelling.Of(table.Labels, table.Origin, source.Task);
        var (dealt, test) = Splitter.Deal(labels, table.Given, source.Split, folds, RandomStream.For(seed, 0, "folds"), table.Origin);
        int[] learned = [.. dealt.SelectMany(static fold => fold)];
        var columns = RowEncoder.WithFills(table, learned, source.Missing);
        var targets = Scale(labels, learned, table);
        var parts = dealt.Select((fold, k) =>
        {
            int[] train = [.. dealt.Where((_, other) => other != k).SelectMany(static other => other)];
            RandomStream.For(seed, (ulong)k, "fold order").Shuffle<int>(train);
            return Assemble(table, source, labels, columns, targets, new Splitter.Parts(train, fold, test));
        }).ToArray();
        var number = learned.Select(static (row, i) => (row, i)).ToDictionary(static pair => pair.row, static pair => pair.i);
        return new Folds(
            parts,
            [.. dealt.Select(fold => fold.Select(row => number[row]).ToArray())],
            labels.Task == LearningTask.Regression ? [] : [.. learned.Select(row => labels.Labels[row])],
            labels.Task == LearningTask.Regression ? [.. learned.Select(row => labels.Targets[row])] : []);
    }

    private static Dataset Assemble(
        RawTable table, DataSource source, Labelling labels, IReadOnlyList<InputColumn> columns, TargetScale? targets, Splitter.Parts parts)
    {
        string[] names = [.. columns.SelectMany(static column => column.InputNames)];
        var image = Picture(table, source, names.Length);
        FeatureMatrix[] features = [Gather(table, columns, parts.Train), Gather(table, columns, parts.Dev), Gather(table, columns,
            parts.Test)];
        var normalization = (source.Normalize ?? (image is null ? "feature" : "image")) switch
        {
            "feature" => Statistics.PerFeature(features[0], names, table.Origin),
            "image" when image is not null => Statistics.PerChannel(features[0], image.Channels, names, table.Origin),
            "image" => throw new DataException($"{table.Origin}: `normalize: image` needs pictures. Say what their shape is, such as "
                + $"`image: 8x8`."),
            _ => Statistics.None(names.Length),
        };
        var marks = RowMarks.Of(features[0]);
        var reading = table.Report with { Notes = [.. table.Report.Notes, .. Known(table, features, marks)] };
        foreach (var part in features)
        {
            for (var row = 0; row < part.Rows; row++)
                normalization.Apply(part.Writable(row));
        }
        var schema = new DataSchema
        {
            Task = labels.Task,
            Label = table.Labels.Name,
            Classes = labels.Classes,
            Columns = columns,
            Normalization = normalization,
            Targets = targets,
            Image = image,
        };
        var train = Part(features[0], labels, schema.Targets, parts.Train);
        var dev = Part(features[1], labels, schema.Targets, parts.Dev);
        var test = Part(features[2], labels, schema.Targets, parts.Test);
        return new Dataset(schema, train, dev, test, Fingerprint.Of(schema, train, dev, test))
        {
            Reading = reading,
            TrainMarks = marks,
            Positive = Positive(labels, source, table.Origin)
        };
    }

    /// <summary>Says which rows of a development or test file of its own are not new to the networks that they judge.</summary>
    /// <param name="table">The table.</param>
    /// <param name="parts">The inputs of training, development and test rows before normalization.</param>
    /// <param name="learned">Marks of the training rows.</param>
    private static IEnumerable<string> Known(RawTable table, FeatureMatrix[] parts, RowMarks learned)
    {
        if (table.Given.Dev > 0 && Count(parts[1], learned) is > 0 and var dev)
            yield return Sentence(dev, parts[1].Rows, "dev", "training rows");
        if (table.Given.Dev + table.Given.Test > 0 && Count(parts[2], RowMarks.Union([learned, RowMarks.Of(parts[1])])) is > 0 and var test)
            yield return Sentence(test, parts[2].Rows, "test", "rows that networks learn from or are chosen by");

        static int Count(FeatureMatrix rows, RowMarks known) => Enumerable.Range(0, rows.Rows).Count(row => known.Contain(rows.Row(row)));
        string Sentence(int known, int rows, string part, string where) => string.Create(CultureInfo.InvariantCulture,
            $"{table.Origin}: {known:N0} of the {rows:N0} {part} rows {(known == 1 ? "has" : "have")} the inputs of {where}, and what is "
                + $"measured on {(known == 1 ? "it" : "them")} says nothing of new rows. Take such rows out of one of the two files.");
    }

    private static int? Positive(Labelling labels, DataSource source, string origin)
    {
        if (source.Positive is not { } name)
            return null;
        if (labels.Task != LearningTask.Binary)
            throw new DataException($"{origin}: `positive: {name}` goes with two classes, but the label has "
                + $"{(labels.Classes.Count == 0 ? "numbers" : $"{labels.Classes.Count} classes")}. "
                + "Take it away; f1 is then the mean over the classes.");
        var number = labels.Classes.ToList().IndexOf(name);
        return number >= 0 ? number : throw new DataException(
            $"{origin}: `positive: {name}` is none of the classes of the label; they are {string.Join(" and ", labels.Classes)}.");
    }

    private static ImageShape? Picture(RawTable table, DataSource source, int inputs)
    {
        var image = source.Image is null ? table.Image : ImageShape.Parse(source.Image);
        return image is null || image.Features == inputs
            ? image
            : throw new DataException($"{table.Origin}: a picture of {image} has {image.Features} values, but a row has {inputs} inputs.");
    }

    private static FeatureMatrix Gather(RawTable table, IReadOnlyList<InputColumn> columns, int[] rows)
    {
        var matrix = new FeatureMatrix(rows.Length, columns.Sum(static column => column.Width));
        for (var i = 0; i < rows.Length; i++)
            RowEncoder.Encode(columns, table.Cells.Row(rows[i]), matrix.Writable(i));
        return matrix;
    }

    private static TargetScale? Scale(Labelling labels, int[] training, RawTable table)
    {
        if (labels.Task != LearningTask.Regression)
            return null;
        double[] targets = [.. training.Select(row => labels.Targets[row])];
        var scale = Statistics.Target(targets);
        if (scale.Deviation > 0 && double.IsFinite(scale.Deviation))
            return scale;
        var (low, high) = (targets.Min(), targets.Max());
        var what = low.Equals(high) ? "is the same everywhere, so that nothing can be learned"
            : string.Create(CultureInfo.InvariantCulture, $"lies between {low:R} and {high:R}, ")
                + $"too {(scale.Deviation == 0 ? "close together" : "far apart")} for its variance to be a number. Rescale it";
        throw new DataException($"{table.Origin}: the label \"{table.Labels.Name}\" of the training rows {what}.");
    }

    private static Partition Part(FeatureMatrix features, Labelling labels, TargetScale? scale, int[] rows) => new(
        features,
        labels.Task == LearningTask.Regression ? [] : [.. rows.Select(row => labels.Labels[row])],
        labels.Task switch
        {
            LearningTask.Regression => [.. rows.Select(row => scale!.Standardize(labels.Targets[row]))],
            LearningTask.Binary => [.. rows.Select(row => (float)labels.Labels[row])],
            _ => [],
        });
}

/// <summary>The rows that are learned from beside the training rows.</summary>
internal enum Joined
{
    /// <summary>None.</summary>
    None,

    /// <summary>The development rows.</summary>
    Dev,

    /// <summary>The development and the test rows.</summary>
    All,
}
