using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;

namespace HyperSearch.Training.Tests;

/// <summary>Small data sets with a pattern to learn, and options as a search file would name them.</summary>
internal static class Synthetic
{
    public static Dataset Data(string task, int rows, int inputs, ulong seed = 1)
    {
        var random = RandomStream.For(seed, 0, "synthetic");
        var classes = task switch { "classes" => 4, "binary" => 2, _ => 0 };
        var directions = Enumerable.Range(0, Math.Max(1, classes)).Select(
            _ => Enumerable.Range(0, inputs).Select(_ => random.NextNormal()).ToArray()).ToArray();
        var parts = new[] { rows, Math.Max(8, rows / 3), Math.Max(8, rows / 3) }.Select(
            n => Part(n, inputs, classes, directions, random)).ToArray();
        var schema = new DataSchema
        {
            Task = task switch { "classes" => LearningTask.MultiClass, "binary" => LearningTask.Binary, _ => LearningTask.Regression },
            Label = "y",
            Classes = [.. Enumerable.Range(0, classes).Select(c => $"c{c}")],
            Columns = [.. Enumerable.Range(0, inputs).Select(i => new InputColumn { Name = $"x{i}" })],
            Normalization = new Normalization(new float[inputs], [.. Enumerable.Repeat(1f, inputs)]),
            Targets = classes == 0 ? new TargetScale(0, 1) : null,
        };
        return new Dataset(schema, parts[0], parts[1], parts[2], "synthetic");
    }

    public static TrainerOptions Options(string text) =>
        TrainerOptions.From(text.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => Parsed(pair[1])));

    private static object Parsed(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : text;

    private static Partition Part(int rows, int inputs, int classes, double[][] directions, RandomStream random)
    {
        var features = new FeatureMatrix(rows, inputs);
        var labels = new int[classes == 0 ? 0 : rows];
        var targets = new float[classes > 2 ? 0 : rows];
        for (var i = 0; i < rows; i++)
        {
            var row = features.Writable(i);
            foreach (ref var value in row)
                value = (float)random.NextNormal();
            var scores = new double[directions.Length];
            for (var c = 0; c < scores.Length; c++)
            {
                for (var j = 0; j < inputs; j++)
                    scores[c] += row[j] * directions[c][j];
                scores[c] += 0.3 * random.NextNormal();
            }
            var best = Array.IndexOf(scores, scores.Max());
            if (classes > 0)
                labels[i] = best;
            if (classes < 3)
                targets[i] = classes == 2 ? best : (float)(scores[0] / Math.Sqrt(inputs));
        }
        return new Partition(features, labels, targets);
    }
}
