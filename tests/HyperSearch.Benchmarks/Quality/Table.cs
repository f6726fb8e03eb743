using System.Globalization;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>A figure over instances and seeds: the mean, its standard error over seeds of the mean over instances, and the median.</summary>
internal sealed record Figure(double Mean, double Error, double Median)
{
    public static Figure Of(IEnumerable<(ulong Seed, double Value)> values)
    {
        var all = values.ToList();
        var seeds = all.GroupBy(value => value.Seed).Select(group => group.Average(value => value.Value)).ToList();
        var mean = seeds.Average();
        var error = seeds.Count < 2 ? double.NaN : Math.Sqrt(seeds.Sum(value => (value - mean) * (value - mean)) / (seeds.Count - 1) / seeds.Count);
        return new Figure(mean, error, all.Select(value => value.Value).Order().ElementAt(all.Count / 2));
    }
}

/// <summary>Prints tables of regret.</summary>
internal static class Table
{
    /// <summary>Regret after so many trials.</summary>
    public static double AtTrials(Run run, int trials) => run.Trace.Count == 0 ? double.NaN : run.Problem.Regret(run.Trace[Math.Min(trials, run.Trace.Count) - 1].Best);

    /// <summary>Regret at a time; the regret of nothing is that of the first value.</summary>
    public static double AtTime(Run run, double time)
    {
        var ended = run.Trace.FindLastIndex(entry => entry.Time <= time);
        return run.Problem.Regret(run.Trace[Math.Max(0, ended)].Best);
    }

    public static void Print(TextWriter writer, Results results, string title, IReadOnlyList<Run> runs, IReadOnlyList<int> marks, Func<Run, int, double> at, bool median)
    {
        writer.WriteLine();
        writer.WriteLine($"| {title} | {string.Join(" | ", marks)} | ms a decision |");
        writer.WriteLine($"|---|{string.Concat(marks.Select(_ => "---|"))}---|");
        foreach (var method in runs.GroupBy(run => run.Method.Name))
        {
            var figures = marks.Select(mark => Figure.Of(method.Select(run => (run.Seed, at(run, mark))))).ToList();
            foreach (var (mark, figure) in marks.Zip(figures))
                results.Add(title, method.Key, mark, figure);
            var cells = figures.Select(figure => Show(figure, median));
            var cost = method.Sum(run => run.Deciding.TotalMilliseconds) / method.Sum(run => run.Trace.Count);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {method.Key} | {string.Join(" | ", cells)} | {cost:0.0000} |"));
        }
    }

    private static string Show(Figure figure, bool median) => median
        ? string.Create(CultureInfo.InvariantCulture, $"{figure.Median:G3}")
        : string.Create(CultureInfo.InvariantCulture, $"{figure.Mean:.000} ±{figure.Error:.000}");
}
