namespace HyperSearch.Benchmarks.Quality;

/// <summary>
/// A figure over instances and seeds: the mean, its standard error over seeds of the mean over instances, and the median.
/// </summary>
internal sealed record Figure(double Mean, double Error, double Median)
{
    /// <summary>Regret after so many trials.</summary>
    public static double AtTrials(Run run, int trials) => run.Problem.Regret(run.Trace[Math.Min(trials, run.Trace.Count) - 1].Best);

    /// <summary>Regret at the cost of so many full trainings; the regret of nothing is that of the first value.</summary>
    public static double AtCost(Run run, int trainings)
    {
        var ended = run.Trace.FindLastIndex(entry => entry.Cost <= trainings * run.Problem.Epochs);
        return run.Problem.Regret(run.Trace[Math.Max(0, ended)].Best);
    }

    /// <summary>The figure of values, each with the seed that it came from.</summary>
    public static Figure Of(IEnumerable<(ulong Seed, double Value)> values)
    {
        var all = values.ToList();
        var seeds = all.GroupBy(value => value.Seed).Select(group => group.Average(value => value.Value)).ToList();
        var mean = seeds.Average();
        var error = seeds.Count < 2
            ? double.NaN
            : Math.Sqrt(seeds.Sum(value => (value - mean) * (value - mean)) / (seeds.Count - 1) / seeds.Count);
        var sorted = all.Select(value => value.Value).Order().ToList();
        return new Figure(mean, error, 0.5 * (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]));
    }
}
