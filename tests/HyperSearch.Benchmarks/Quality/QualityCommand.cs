namespace HyperSearch.Benchmarks.Quality;

/// <summary>Samplers × schedules × problems on a simulated clock, with tables of regret.</summary>
/// <remarks>
/// <c>quality [--lcbench DIR] [--problems lcbench,functions,branin,…] [--samplers "random;coarse_to_fine{"patience":6}"] [--schedules "none;asha"] [--slots 1,8]
/// [--seeds 10] [--trials 200] [--cost 100] [--csv FILE] [--picture FILE]</c>. With a schedule other than none the tables run over cost, else over trials.
/// </remarks>
internal static class QualityCommand
{
    private static readonly int[] TrialMarks = [10, 25, 50, 100, 200], CostMarks = [5, 10, 25, 50, 100];

    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        var trials = options.Number("trials", 200);
        var cost = options.Number("cost", 100);
        var seeds = options.Number("seeds", 10);
        var families = options.Get("problems", options.Has("lcbench") ? "lcbench,functions" : "functions").Split(',');
        var slots = options.Get("slots", "1,8").Split(',').Select(int.Parse).ToList();
        var samplers = options.Get("samplers", "random;coarse_to_fine").Split(';');
        var schedules = options.Get("schedules", "none").Split(';');
        var methods = from schedule in schedules from sampler in samplers from count in slots select Method.Parse(sampler, schedule, count);

        var results = new Results();
        if (families.Contains("lcbench"))
        {
            var problems = LcBench.Load(options.Get("lcbench", "."));
            if (schedules is ["none"])
            {
                var runs = Tournament.Play(methods, problems, seeds, trials, double.PositiveInfinity, TimeProvider.System);
                Table.Print(Console.Out, results, "LCBench, trials", runs, [.. TrialMarks.Where(mark => mark <= trials)], Table.AtTrials, median: false);
            }
            else
            {
                foreach (var group in methods.GroupBy(method => method.Slots))
                {
                    var runs = group.SelectMany(method => Tournament.Play([method], problems, seeds, 100_000, cost * 52.0 / group.Key, TimeProvider.System)).ToList();
                    Table.Print(Console.Out, results, "LCBench, cost in full trainings", runs, [.. CostMarks.Where(mark => mark <= cost)], (run, mark) => Table.AtTime(run, mark * 52.0 / group.Key), median: false);
                }
            }
        }

        foreach (var function in Function.All.Where(function => families.Contains("functions") || families.Contains(function.Name)))
        {
            var runs = Tournament.Play(methods, [function], seeds, trials, double.PositiveInfinity, TimeProvider.System);
            Table.Print(Console.Out, results, $"{function.Name}, trials (median)", runs, [.. TrialMarks.Where(mark => mark > 10 && mark <= trials)], Table.AtTrials, median: true);
        }

        if (options.Has("csv"))
            results.WriteCsv(options.Get("csv", ""));
        if (options.Has("picture"))
            results.Draw(options.Get("picture", ""));
        return 0;
    }
}
