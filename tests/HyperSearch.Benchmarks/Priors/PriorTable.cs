using System.Globalization;
using HyperSearch.Benchmarks.Coverage;
using HyperSearch.Numerics;
using HyperSearch.Training.Data;

namespace HyperSearch.Benchmarks.Priors;

/// <summary>A table for the built-in trainer: a shipped one, or rows drawn from a law.</summary>
/// <param name="Name">Its name in the report.</param>
/// <param name="Source">The data, dealt into folds as <c>new</c> deals small tables.</param>
internal sealed record PriorTable(string Name, Func<string, DataSource> Source)
{
    private const ulong Seed = 2_026;

    /// <summary>The tables that the prior is made from: figures in the plane, many inputs, few informative ones, rare and many classes,
    /// wrong labels, and numbers that follow a line, a wave, a product and a step; and the shipped spiral.</summary>
    public static IReadOnlyList<PriorTable> Making { get; } =
    [
        Shipped("spiral.csv", "class"),
        Figure("blobs", 240, 0.6, 4),
        Figure("moons", 200, 0.3, null),
        Drawn("xor", 300, 6, x => x[0] * x[1] > 0 ? 1 : 0),
        Drawn("wide", 160, 60, x => x[0] + x[1] - x[2] + 0.5 * x[3] > 0 ? 1 : 0),
        Drawn("rare", 320, 6, x => x[0] + x[1] * x[2] > 2 ? 1 : 0),
        Drawn("many", 400, 8, x => (int)Math.Clamp(Math.Floor(4 + 1.6 * (x[0] + x[1])), 0, 7), noise: 0.3),
        Drawn("mislabelled", 300, 10, x => x[0] + x[1] * x[1] > 0.8 ? 1 : 0, wrong: 0.15),
        Drawn("line", 150, 20, x => 2 * x[0] - x[1] + 0.5 * x[2], numbers: true, noise: 0.5),
        Drawn("friedman", 250, 10, x => 10 * Math.Sin(2 * x[0] * x[1]) + 5 * x[2] * x[2] + 4 * x[3] + 2 * x[4], numbers: true, noise: 1),
        Drawn("waves", 300, 3, x => Math.Sin(3 * x[0]) + Math.Cos(2 * x[1]) * x[2], numbers: true, noise: 0.1),
        Drawn("steps", 250, 8, x => Math.Sign(x[0]) + 2 * Math.Sign(x[1] * x[2]), numbers: true, noise: 0.7),
    ];

    /// <summary>Tables that had no part in its making.</summary>
    public static IReadOnlyList<PriorTable> Judging { get; } =
    [
        Shipped("diabetes.csv", "progression", "regression"),
        Figure("circles", 250, 0.15, null),
        .. Law.All.Where(law => law.Name is "clouds" or "wave").Select(law => Drawn(law.Name, 200, law.Inputs,
            (random, x) => law.Label(random, x), law.Classes == 0)),
        FirstRows("digits.csv", "digit", 300),
    ];

    private static PriorTable Shipped(string file, string label, string? task = null) => new(Path.GetFileNameWithoutExtension(file),
        folder => new DataSource { Folder = folder, Path = file, Label = label, Task = task });

    private static PriorTable FirstRows(string file, string label, int rows) => new(Path.GetFileNameWithoutExtension(file), folder =>
    {
        var part = Path.Combine(Path.GetTempPath(), $"prior-{Environment.ProcessId}-{file}");
        File.WriteAllLines(part, File.ReadLines(Path.Combine(folder, file)).Take(rows + 1));
        return new DataSource { Folder = Path.GetDirectoryName(part)!, Path = part, Label = label };
    });

    private static PriorTable Figure(string kind, int rows, double noise, int? classes) => new(kind, _ => new DataSource
    {
        Folder = ".",
        Generate = new GeneratorOptions { Kind = kind, Rows = rows, Noise = noise, Classes = classes, Seed = Seed },
    });

    private static PriorTable Drawn(
        string name, int rows, int inputs, Func<double[], double> answer, bool numbers = false, double noise = 0, double wrong = 0) =>
        Drawn(name, rows, inputs, (random, x) =>
        {
            var label = answer([.. x.Select(value => value + (numbers ? 0 : noise * random.NextNormal()))]);
            return numbers ? label + noise * random.NextNormal() : random.NextDouble() < wrong ? 1 - label : label;
        }, numbers);

    private static PriorTable Drawn(string name, int rows, int inputs, Func<RandomStream, double[], double> label, bool numbers) =>
        new(name, _ =>
        {
            var random = RandomStream.For(Seed, (ulong)rows, name);
            var file = Path.Combine(Path.GetTempPath(), $"prior-{Environment.ProcessId}-{name}.csv");
            var header = string.Join(',', [.. Enumerable.Range(0, inputs).Select(input => $"x{input}"), "y"]);
            File.WriteAllLines(file,
                [header, .. Enumerable.Range(0, rows).Select(_ =>
                {
                    double[] x = [.. Enumerable.Range(0, inputs).Select(_ => random.NextNormal())];
                    var y = label(random, x);
                    return string.Join(',', [.. x.Select(Text), numbers ? Text(y) : $"c{Text(y)}"]);
                })]);
            return new DataSource { Folder = Path.GetDirectoryName(file)!, Path = file, Label = "y", Task = numbers ? "regression" : null };
        });

    private static string Text(double value) => value.ToString("G6", CultureInfo.InvariantCulture);
}
