using System.Globalization;
using HyperSearch.Benchmarks.Quality;
using HyperSearch.Samplers.Designs;

namespace HyperSearch.Benchmarks.Curves;

/// <summary>
/// Schedules on real learning curves: the regret of the trial that the ranking puts first, by the cost in full trainings.
/// </summary>
/// <remarks>
/// <c>curves [--data searches/data] [--methods "asha{\"factor\":3} coarse_to_fine;freeze_thaw multi_fidelity_gp"]
/// [--slots 4] [--seeds 1-10] [--marks 5,10,25] [--problems digits,spiral,diabetes,moons,circles]</c>: each method is a schedule and a
/// sampler;
/// differences are paired, from the first method. <c>--reference 100</c> instead measures random points: the best truth and the median.
/// </remarks>
internal static class CurvesCommand
{
    private const string Methods = "asha{\"factor\":3} coarse_to_fine;asha{\"factor\":3} multi_fidelity_gp;freeze_thaw multi_fidelity_gp";

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        if (!options.AreAmong(["data", "methods", "slots", "seeds", "marks", "problems", "reference"]))
        {
            Console.Error.WriteLine(
                "usage: curves [--data DIR] [--methods \"SCHEDULE SAMPLER;…\"] [--slots 4] [--seeds 1-10] [--marks 5,10,25] [--problems …] "
                + "[--reference POINTS]");
            return 2;
        }

        var wanted = options.Get("problems", "").Split(',', StringSplitOptions.RemoveEmptyEntries);
        var problems = CurveProblem.Load(options.Get("data", "searches/data"))
            .Where(problem => wanted.Length == 0 || wanted.Contains(problem.Name)).ToList();
        if (options.Has("reference"))
        {
            foreach (var problem in problems)
                TellReference(problem, options.Number("reference", 100));
            return 0;
        }

        int[] seeds = [.. options.Get("seeds", "1-10").Split('-').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        int[] marks = [.. options.Get("marks", "5,10,25").Split(',').Select(text => int.Parse(text, CultureInfo.InvariantCulture))];
        var slots = options.Number("slots", 4);
        List<Method> methods = [.. options.Get("methods", Methods).Split(';')
            .Select(method => method.Split(' ')).Select(parts => Method.Parse(parts[1], parts[0], slots))];
        var regrets = methods.ToDictionary(method => method.Name, _ => new List<(string Problem, ulong Seed, double[] Regrets)>());
        foreach (var problem in problems)
        {
            for (var seed = (ulong)seeds[0]; seed <= (ulong)seeds[^1]; seed++)
            {
                foreach (var run in Tournament.ForCost(methods, [problem], [seed], marks[^1]))
                    regrets[run.Method.Name].Add((problem.Name, seed, [.. marks.Select(mark => RegretAt(problem, run, mark))]));
                problem.Forget();
            }

            Tell(problem.Name, regrets, marks, problem.Name);
        }

        Tell("all", regrets, marks, null);
        return 0;
    }

    private static double RegretAt(CurveProblem problem, Run run, int mark)
    {
        var at = run.Winners.FindLastIndex(winner => winner.Cost <= mark * problem.Epochs);
        var winner = run.Winners[Math.Max(0, at)];
        return problem.Regret(problem.TruthOf(winner.Point, winner.Past));
    }

    private static void Tell(
        string title, Dictionary<string, List<(string Problem, ulong Seed, double[] Regrets)>> regrets, int[] marks, string? only)
    {
        Console.WriteLine($"\n| {title}: regret, and the paired difference from the first | {string.Join(" | ", marks)} |");
        Console.WriteLine($"|---|{string.Concat(marks.Select(_ => "---|"))}");
        var first = regrets.First().Value;
        foreach (var (method, runs) in regrets)
        {
            var cells = marks.Select((_, m) =>
            {
                var chosen = runs.Index().Where(run => only is null || run.Item.Problem == only).ToList();
                var figure = Figure.Of(chosen.Select(run => (run.Item.Seed, run.Item.Regrets[m])));
                var change = Figure.Of(chosen.Select(run => (run.Item.Seed, run.Item.Regrets[m] - first[run.Index].Regrets[m])));
                var mean = string.Create(CultureInfo.InvariantCulture, $"{figure.Mean:.000} ±{figure.Error:.000}");
                return ReferenceEquals(runs, first) ? mean
                    : string.Create(CultureInfo.InvariantCulture, $"{mean} ({change.Mean:+.000;-.000} ±{change.Error:.000})");
            });
            Console.WriteLine($"| {method} | {string.Join(" | ", cells)} |");
        }
    }

    private static void TellReference(CurveProblem problem, int points)
    {
        var design = new AskAndTell(problem.Space, new SearchOptions { Sampler = new SobolSampler(), Trials = points, Seed = 11 });
        var truths = new List<double>();
        while (design.Ask() is { } job)
        {
            truths.Add(problem.TruthOf(job.Point, []));
            design.Tell(job, 0);
        }

        truths.Sort((a, b) => (double.IsNaN(a), a).CompareTo((double.IsNaN(b), b)));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{problem.Name}: best {truths[0]:R}, median {truths[truths.Count / 2]:R} of {points} points, " +
            $"{truths.Count(double.IsNaN)} diverged"));
    }
}
