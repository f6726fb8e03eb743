using System.Globalization;
using HyperSearch.Benchmarks.Quality;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Samplers;

namespace HyperSearch.Benchmarks.Priors;

/// <summary>
/// What the shipped prior is worth to a search of 100 trials like those that <c>new</c> writes, on tables that had no part in its making.
/// </summary>
/// <remarks>
/// Regret is the distance of the best dev cost so far from the best that any run of the table found, over that of the median of the first
/// five trials without the prior.
/// </remarks>
internal static class PriorJudge
{
    private const int Trials = 100, Opening = 5;
    private static readonly int[] Marks = [5, 10, 25];

    /// <summary>Plays every sampler with and without the prior, on every table with every seed.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string seedRange, string samplers, string folder)
    {
        int[] ends = [.. seedRange.Split('-').Select(end => int.Parse(end, CultureInfo.InvariantCulture))];
        var (first, count) = (ends[0], ends[^1] - ends[0] + 1);
        var differences = new Dictionary<string, List<double[]>>();
        Console.WriteLine(
            $"regret at {string.Join('/', Marks)} trials without and with the prior, and the difference ± its standard error");
        foreach (var table in PriorTable.Judging)
        {
            using var problem = new PriorProblem(table, folder);
            var runs = new Dictionary<(string Sampler, bool Prior), double[][]>();
            foreach (var sampler in samplers.Split(','))
            {
                foreach (var prior in new[] { false, true })
                {
                    var costs = new double[count][];
                    Parallel.For(0, count, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount }, s =>
                        costs[s] = Play(problem, Method.Parse(sampler, "none", 8).Sampler, prior, (ulong)(first + s)));
                    runs[(sampler, prior)] = costs;
                }
            }

            var best = runs.Values.SelectMany(costs => costs).SelectMany(run => run).Where(double.IsFinite).Min();
            var opening = runs.Where(run => !run.Key.Prior).SelectMany(run => run.Value).SelectMany(run => run.Take(Opening)).Order()
                .ToArray();
            var median = opening[opening.Length / 2];
            foreach (var sampler in samplers.Split(','))
            {
                var (without, with) = (Regrets(runs[(sampler, false)]), Regrets(runs[(sampler, true)]));
                var difference = without.Zip(with, (a, b) => Marks.Select((_, m) => b[m] - a[m]).ToArray()).ToList();
                Tell($"{table.Name}, {sampler}", without, with, difference);
                if (!differences.TryGetValue(sampler, out var all))
                    differences[sampler] = difference;
                else
                    differences[sampler] = [.. all.Zip(difference, (a, b) => a.Zip(b, (x, y) => x + y).ToArray())];
            }

            List<double[]> Regrets(double[][] costs) => [.. costs.Select(run => Marks.Select(mark =>
                (run.Take(mark).Where(double.IsFinite).DefaultIfEmpty(median).Min() - best) / (median - best)).ToArray())];
        }

        foreach (var (sampler, sums) in differences)
            Console.WriteLine($"all tables, {sampler}: "
                + Means(sums.ConvertAll(sum => sum.Select(value => value / PriorTable.Judging.Count).ToArray()), errors: true));
        return 0;
    }

    private static double[] Play(PriorProblem problem, ISampler sampler, bool prior, ulong seed)
    {
        var definition = PriorProblem.Search with { Sampler = sampler, Prior = prior, Trials = Trials, Seed = seed };
        var search = new AskAndTell(definition.Space,
            new SearchOptions { Sampler = sampler, Trials = Trials, Seed = seed, Earlier = TrainerPrior.Begin(definition).Search.Earlier });
        var costs = new double[Marks[^1]];
        for (var told = 0; told < costs.Length && search.Ask() is { } job; told++)
            search.Tell(job, costs[job.Trial] = problem.CostOf(job.Point));
        return costs;
    }

    private static void Tell(string name, List<double[]> without, List<double[]> with, List<double[]> difference)
    {
        Console.WriteLine($"{name}: {Means(without, errors: false)}, {Means(with, errors: false)}, {Means(difference, errors: true)}");
        Console.Out.Flush();
    }

    private static string Means(List<double[]> rows, bool errors) => string.Join(" / ", Marks.Select((_, m) =>
    {
        var mean = rows.Average(row => row[m]);
        var error = Math.Sqrt(rows.Sum(row => (row[m] - mean) * (row[m] - mean)) / (rows.Count - 1) / rows.Count);
        return errors ? FormattableString.Invariant($"{mean:+.000;-.000} ±{error:.000}") : FormattableString.Invariant($"{mean:.000}");
    }));
}
