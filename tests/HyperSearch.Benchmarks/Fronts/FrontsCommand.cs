using System.Globalization;
using HyperSearch.Benchmarks.Quality;
using HyperSearch.Benchmarks.Speed;
using HyperSearch.Planning;

namespace HyperSearch.Benchmarks.Fronts;

/// <summary>Samplers where several metrics are traded off: the hypervolume of the true front that is still missing.</summary>
/// <remarks>
/// <c>fronts [--samplers "random;coarse_to_fine;tpe;gp"] [--slots 1] [--seeds 101-110] [--trials 200] [--problems zdt1,…]</c>, at 25, 50,
/// 100, … trials; a mean over seeds ± its standard error. The last column is CPU time a trial.
/// </remarks>
internal static class FrontsCommand
{
    private static readonly int[] Marks = [25, 50, 100, 200, 400];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        if (!options.AreAmong(["samplers", "slots", "seeds", "trials", "problems"]))
        {
            Console.Error.WriteLine(
                "usage: fronts [--samplers \"random;gp\"] [--slots 1] [--seeds 101-110] [--trials 200] [--problems zdt1,dtlz2_2]");
            return 2;
        }

        var wanted = options.Get("problems", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        ulong[] seeds = [.. options.Get("seeds", "101-110").Split('-').Select(text => ulong.Parse(text, CultureInfo.InvariantCulture))];
        var trials = options.Number("trials", 200);
        int[] marks = [.. Marks.Where(mark => mark <= trials)];
        List<Method> methods = [.. options.Get("samplers", "random;coarse_to_fine;tpe;gp").Split(';')
            .Select(sampler => Method.Parse(sampler, "none", options.Number("slots", 1)))];
        foreach (var problem in FrontProblem.All.Where(problem => wanted.Length == 0 || wanted.Contains(problem.Name)))
        {
            var best = problem.Best;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"\n| {problem.Name}, {methods[0].Slots} slots: hypervolume missing of {best:f4} | {string.Join(" | ", marks)} | ms |"));
            Console.WriteLine($"|---|{string.Concat(marks.Select(_ => "---|"))}---|");
            foreach (var method in methods)
            {
                var started = Stopclock.Seconds;
                var runs = new List<(ulong Seed, double[] Missing)>();
                for (var seed = seeds[0]; seed <= seeds[^1]; seed++)
                    runs.Add((seed, Missing(problem, method, seed, marks, best)));
                var each = 1000 * (Stopclock.Seconds - started) / (runs.Count * marks[^1]);
                var cells = marks.Select((_, m) => Figure.Of(runs.Select(run => (run.Seed, run.Missing[m]))))
                    .Select(figure => string.Create(CultureInfo.InvariantCulture, $"{figure.Mean:0.####} ±{figure.Error:0.####}"));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {method.Sampled} | {string.Join(" | ", cells)} | {each:f1} |"));
            }
        }

        return 0;
    }

    private static double[] Missing(FrontProblem problem, Method method, ulong seed, int[] marks, double best)
    {
        var search = new AskAndTell(problem.Space, new SearchOptions
        {
            Sampler = method.Sampler,
            Edition = method.Edition,
            Trials = marks[^1],
            Seed = seed,
            Slots = method.Slots,
            Metric = "f0",
            Further = [.. Enumerable.Range(1, problem.Costs - 1).Select(k => new Goal($"f{k}", Maximize: false))],
        });
        var found = new List<double[]>();
        var missing = new List<double>();
        var asked = new Queue<Job>();
        while (true)
        {
            while (search.Ask() is { } job)
                asked.Enqueue(job);
            if (!asked.TryDequeue(out var next))
                return [.. missing];
            var values = problem.Of([.. next.Point.Values.Select(value => value.Number)]);
            search.Tell(next, values.Select((value, k) => (Name: $"f{k}", value)).ToDictionary(pair => pair.Name, pair => pair.value));
            found.Add(values);
            if (marks.Contains(found.Count))
                missing.Add(best - problem.VolumeOf(found));
        }
    }
}
