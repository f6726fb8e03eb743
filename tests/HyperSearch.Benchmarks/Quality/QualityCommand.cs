using HyperSearch.Schedules;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>Samplers × schedules × problems on a simulated clock, with tables of regret.</summary>
internal static class QualityCommand
{
    private const string Usage = """
        usage: quality [--lcbench DIR] [--samplers "random;coarse_to_fine"] [--schedules "none;asha"] [--slots 1,8] [--seeds 10]
                       [--trials 200] [--cost 100] [--problems lcbench,functions] [--csv FILE] [--picture FILE]
        Every sampler meets every schedule, every number of slots, every problem and every seed. Options stand in braces:
        coarse_to_fine{"candidates":1}. Tables run over trials for schedule none; LCBench has one over cost too, in full trainings of 52
        epochs. The CSV file holds, for each cell of each table, the mean, its standard error over seeds and the median over instances and
        seeds, not the single runs; the picture has a panel for each table. --problems takes names of functions too:
        """;

    private static readonly int[] TrialMarks = [10, 25, 50, 100, 200], CostMarks = [5, 10, 25, 50, 100];
    private static readonly string[] Names =
        ["lcbench", "samplers", "schedules", "slots", "seeds", "trials", "cost", "problems", "csv", "picture"];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        if (!options.AreAmong(Names))
        {
            Console.Error.WriteLine($"{Usage} {string.Join(", ", Function.All.Select(function => function.Name))}.");
            return 2;
        }

        var (trials, cost, seeds) = (options.Number("trials", 200), options.Number("cost", 100), options.Number("seeds", 10));
        var problems = options.Get("problems", options.Has("lcbench") ? "lcbench,functions" : "functions").Split(',');
        List<Method> methods = [.. from schedule in options.Get("schedules", "none").Split(';')
            from sampler in options.Get("samplers", "random;coarse_to_fine").Split(';')
            from slots in options.Get("slots", "1,8").Split(',')
            select Method.Parse(sampler, schedule, int.Parse(slots, System.Globalization.CultureInfo.InvariantCulture))];
        var full = methods.Where(method => method.Schedule is FullSchedule).ToList();
        var tables = new Results(Console.Out);

        if (problems.Contains("lcbench"))
        {
            var instances = LcBench.Load(options.Get("lcbench", "."));
            var byTrials = Tournament.ForTrials(full, instances, seeds, trials);
            tables.Add("LCBench, trials", byTrials, [.. TrialMarks.Where(mark => mark <= trials)], Figure.AtTrials);
            // Without another schedule the runs over trials have gone through the same cost.
            var (byCost, dearest) = full.Count < methods.Count
                ? (Tournament.ForCost(methods, instances, seeds, cost), cost)
                : (byTrials, Math.Min(cost, trials));
            tables.Add("LCBench, cost in full trainings", byCost, [.. CostMarks.Where(mark => mark <= dearest)], Figure.AtCost);
        }

        foreach (var function in Function.All.Where(function => problems.Contains("functions") || problems.Contains(function.Name)))
            tables.Add($"{function.Name}, trials", Tournament.ForTrials(full, [function], seeds, trials),
                [.. TrialMarks.Where(mark => mark > 10 && mark <= trials)], Figure.AtTrials, median: true);

        if (options.Has("csv"))
            tables.WriteCsv(options.Get("csv", ""));
        if (options.Has("picture"))
            RegretPicture.Save(tables, options.Get("picture", ""));
        return 0;
    }
}
