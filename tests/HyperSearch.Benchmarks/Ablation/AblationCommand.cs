using System.Globalization;
using HyperSearch.Training;

namespace HyperSearch.Benchmarks.Ablation;

/// <summary>Trains digits with and without each technique, over several seeds, and says whether it does what the course says.</summary>
/// <remarks>Arguments: <c>--data FILE</c> (default searches/data/digits.csv), <c>--seeds N</c> (default 10), <c>--first S</c> (first seed,
/// default 1).</remarks>
internal static class AblationCommand
{
    public static int Run(string[] arguments)
    {
        var data = Path.GetFullPath(Option(arguments, "--data") ?? "searches/data/digits.csv");
        var seeds = int.Parse(Option(arguments, "--seeds") ?? "10", CultureInfo.InvariantCulture);
        var first = ulong.Parse(Option(arguments, "--first") ?? "1", CultureInfo.InvariantCulture);
        Console.WriteLine($"Digits, {seeds} seeds; without → with, mean ± standard error of the paired difference; train error beside it.");
        Console.WriteLine();
        Console.WriteLine("| technique | the course says it | measure | without | with | change | train error | holds |");
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- |");
        var held = true;
        foreach (var comparison in Comparison.All)
            held &= Compare(comparison, data, [.. Enumerable.Range(0, seeds).Select(i => first + (ulong)i)]);
        return held ? 0 : 1;
    }

    private static bool Compare(Comparison comparison, string data, ulong[] seeds)
    {
        var without = Train(comparison, data, comparison.Without, seeds);
        var with = Train(comparison, data, comparison.With, seeds);
        double[] before = Figures(without), after = Figures(with);
        var change = after.Zip(before, (a, b) => a - b).ToArray();
        double mean = change.Average(), error = Math.Sqrt(change.Sum(c => (c - mean) * (c - mean)) / (change.Length - 1) / change.Length);
        var holds = mean + 2 * error < 0;
        string Show(double value) => value.ToString(comparison.Measure == Measure.TrainCost ? "f3" : "p1", CultureInfo.InvariantCulture);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"| {comparison.Technique} | {comparison.Claim} | {(comparison.Measure == Measure.TrainCost ? "train cost" : "dev error")} | " +
            $"{Show(before.Average())} | {Show(after.Average())} | {Show(mean)} ± {Show(error)} | " +
            $"{without.Average(m => m.TrainError):p1} → {with.Average(m => m.TrainError):p1} | {(holds ? "yes" : "no")} |"));
        return holds;

        double[] Figures(EpochMetrics[] metrics) =>
            Array.ConvertAll(metrics, m => comparison.Measure == Measure.TrainCost ? m.TrainCost : m.DevError);
    }

    private static EpochMetrics[] Train(Comparison comparison, string data, string side, ulong[] seeds) =>
        [.. seeds.AsParallel().AsOrdered().Select(seed => comparison.Train(data, side, seed))];

    private static string? Option(string[] arguments, string name)
    {
        var at = Array.IndexOf(arguments, name);
        return at >= 0 && at + 1 < arguments.Length ? arguments[at + 1] : null;
    }
}
