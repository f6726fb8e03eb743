using HyperSearch.Schedules;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>Samplers × schedules × problems on a simulated clock, with tables of regret.</summary>
internal static class QualityCommand
{
    private const string Usage = """
        usage: quality [--lcbench DIR] [--samplers "random;gp@1;gp"] [--schedules "none;asha"] [--slots 1,8]
                       [--seeds 10|201-210] [--trials 200] [--cost 100] [--problems lcbench,lcbench_noisy,functions] [--against SAMPLER]
                       [--csv FILE] [--runs FILE] [--picture FILE]
        Without options every table over trials is made. Every sampler meets every schedule, every number of slots, every problem and
        every seed. Options stand in braces: coarse_to_fine{"candidates":1}. gp@1 is gp as campaigns continue it that began with the
        first edition of its law. Tables run over trials for schedule none; LCBench has one over cost too, in full trainings of 52
        epochs. lcbench_noisy shows the search each value with an error of 5 % of the way from the median to the best; regret is of the
        value. --against adds the paired differences from one of the samplers. The CSV file holds, for each cell of each table, the
        mean, its standard error over seeds and the median over instances and seeds, and --runs the single runs; the picture has a
        panel for each table. --problems takes names of functions too:
        """;

    private static readonly int[] TrialMarks = [10, 25, 50, 100, 200], CostMarks = [5, 10, 25, 50, 100];
    private static readonly string[] Names =
        ["lcbench", "samplers", "schedules", "slots", "seeds", "trials", "cost", "problems", "against", "csv", "runs", "picture"];

    private static readonly (string Name, string Title, double Noise)[] Surrogates =
        [("lcbench", "LCBench", 0), ("lcbench_noisy", "LCBench with noise", 0.05)];

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

        var (trials, cost, seeds) = (options.Number("trials", 200), options.Number("cost", 100), SeedsOf(options.Get("seeds", "10")));
        var problems = options.Get("problems", options.Has("lcbench") ? "lcbench,lcbench_noisy,functions" : "functions").Split(',');
        List<Method> methods = [.. from schedule in options.Get("schedules", "none").Split(';')
            from sampler in options.Get("samplers", "random;tpe;cma_es;coarse_to_fine;gp;auto").Split(';')
            from slots in options.Get("slots", "1,8").Split(',')
            select Method.Parse(sampler, schedule, int.Parse(slots, System.Globalization.CultureInfo.InvariantCulture))];
        var full = methods.Where(method => method.Schedule is FullSchedule).ToList();
        var against = options.Has("against") ? options.Get("against", "") : null;
        if (against is not null && methods.TrueForAll(method => method.Sampled != against))
        {
            Console.Error.WriteLine($"--against names one of --samplers; {against} is not among them.");
            return 2;
        }

        var tables = new Results(Console.Out, against);
        foreach (var (name, title, noise) in Surrogates.Where(one => problems.Contains(one.Name)))
        {
            var instances = LcBench.Load(options.Get("lcbench", "."), noise);
            var byTrials = Tournament.ForTrials(full, instances, seeds, trials);
            tables.Add($"{title}, trials", byTrials, [.. TrialMarks.Where(mark => mark <= trials)], Figure.AtTrials);
            // Without another schedule the runs over trials have gone through the same cost.
            var (byCost, dearest) = full.Count < methods.Count
                ? (Tournament.ForCost(methods, instances, seeds, cost), cost)
                : (byTrials, Math.Min(cost, trials));
            tables.Add($"{title}, cost in full trainings", byCost, [.. CostMarks.Where(mark => mark <= dearest)], Figure.AtCost);
        }

        foreach (var function in Function.All.Where(function => problems.Contains("functions") || problems.Contains(function.Name)))
            tables.Add($"{function.Name}, trials", Tournament.ForTrials(full, [function], seeds, trials),
                [.. TrialMarks.Where(mark => mark > 10 && mark <= trials)], Figure.AtTrials, median: true);

        if (options.Has("csv"))
            tables.WriteCsv(options.Get("csv", ""));
        if (options.Has("runs"))
            tables.WriteRuns(options.Get("runs", ""));
        if (options.Has("picture"))
            RegretPicture.Save(tables, options.Get("picture", ""));
        return 0;
    }

    /// <summary>A number for the seeds from 1 on, or a range: 201-210.</summary>
    private static ulong[] SeedsOf(string text)
    {
        ulong[] ends = [.. text.Split('-').Select(end => ulong.Parse(end, System.Globalization.CultureInfo.InvariantCulture))];
        var (first, last) = ends.Length == 1 ? (1, ends[0]) : (ends[0], ends[1]);
        return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => first + (ulong)i)];
    }
}
