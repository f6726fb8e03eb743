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
        var options = Arguments(arguments);
        string Get(string name, string fallback) => options.TryGetValue(name, out var value) ? value : fallback;
        int Number(string name, int fallback) => options.TryGetValue(name, out var value) ? int.Parse(value, System.Globalization.CultureInfo.InvariantCulture) : fallback;
        var trials = Number("trials", 200);
        var cost = Number("cost", 100);
        var seeds = Number("seeds", 10);
        var families = Get("problems", options.ContainsKey("lcbench") ? "lcbench,functions" : "functions").Split(',');
        var slots = Get("slots", "1,8").Split(',').Select(int.Parse).ToList();
        var samplers = Get("samplers", "random;coarse_to_fine").Split(';');
        var schedules = Get("schedules", "none").Split(';');
        var methods = from schedule in schedules from sampler in samplers from count in slots select Method.Parse(sampler, schedule, count);

        var results = new Results();
        if (families.Contains("lcbench"))
        {
            var problems = LcBench.Load(Get("lcbench", "."));
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

        if (options.TryGetValue("csv", out var csv))
            results.WriteCsv(csv);
        if (options.TryGetValue("picture", out var picture))
            results.Draw(picture);
        return 0;
    }

    private static Dictionary<string, string> Arguments(string[] arguments)
    {
        var options = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i + 1 < arguments.Length; i += 2)
            options[arguments[i].TrimStart('-')] = arguments[i + 1];
        return options;
    }
}
