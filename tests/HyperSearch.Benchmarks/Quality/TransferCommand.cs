using HyperSearch.Planning;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>
/// What earlier campaigns are worth: each problem of LCBench searched with those of all other problems behind it, with one of them, and
/// with none; and with misleading ones, whose values are turned round.
/// </summary>
internal static class TransferCommand
{
    private const string Usage = """
        usage: transfer --lcbench DIR [--samplers "gp;coarse_to_fine"] [--slots 1] [--seeds 5] [--first-seed 1] [--trials 100]
                        [--earlier-trials 100] [--best 8]
        The earlier campaigns are coarse_to_fine's, with seeds of their own.
        """;

    private const ulong EarlierSeeds = 900_000;
    private static readonly int[] Marks = [1, 5, 10, 25, 50, 100];

    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        var options = Arguments.Of(arguments);
        if (!options.AreAmong(["lcbench", "samplers", "slots", "seeds", "first-seed", "trials", "earlier-trials", "best"])
            || !options.Has("lcbench"))
        {
            Console.Error.WriteLine(Usage);
            return 2;
        }

        var (trials, best) = (options.Number("trials", 100), options.Number("best", 8));
        var seeds = Enumerable.Range(options.Number("first-seed", 1), options.Number("seeds", 5)).Select(seed => (ulong)seed).ToList();
        var problems = LcBench.Load(options.Get("lcbench", "."));
        var methods = options.Get("samplers", "gp;coarse_to_fine").Split(';')
            .Select(sampler => Method.Parse(sampler, "none", options.Number("slots", 1))).ToList();
        var coarse = Method.Parse("coarse_to_fine", "none", 1);
        var earlier = Tournament.Play([.. from seed in seeds from problem in problems
            select new Run(coarse, problem, EarlierSeeds + seed, options.Number("earlier-trials", 100), double.PositiveInfinity)]);
        var runs = new List<Run>();
        foreach (var (target, seed) in from problem in problems from seed in seeds select (problem, seed))
        {
            var others = earlier.Where(run => run.Seed == EarlierSeeds + seed && run.Problem != target).ToList();
            foreach (var (name, campaigns) in (IEnumerable<(string, IEnumerable<CampaignSnapshot>)>)
            [
                ("alone", []),
                ("after one other", [Snapshot(others[(int)(seed % (ulong)others.Count)], misleads: false)]),
                ("after all others", others.Select(run => Snapshot(run, misleads: false))),
                ("misled by all others", others.Select(run => Snapshot(run, misleads: true))),
            ])
            {
                List<CampaignSnapshot> all = [.. campaigns];
                var taken = all.Count == 0 ? null : EarlierTrials.Take(all, Definition(target, seed), best);
                runs.AddRange(methods.Select(method =>
                    new Run(method with { Sampled = $"{method.Sampled} {name}" }, target, seed, trials, double.PositiveInfinity, taken)));
                if (taken is not null)
                {
                    var points = taken with { Outcomes = [] };
                    runs.AddRange(methods.Select(method => new Run(
                        method with { Sampled = $"{method.Sampled} {name}, configurations only" }, target, seed, trials,
                        double.PositiveInfinity, points)));
                }
            }
        }

        new Results(Console.Out, null).Add("LCBench after earlier campaigns, trials", Tournament.Play(runs),
            [.. Marks.Where(mark => mark <= trials)], Figure.AtTrials);
        return 0;
    }

    private static Search Definition(Problem problem, ulong seed) => new()
    {
        Name = problem.Name,
        Objective = new DelegateDefinition { Epochs = problem.Epochs },
        Metric = "value",
        Space = problem.Space,
        Seed = seed,
    };

    private static CampaignSnapshot Snapshot(Run run, bool misleads) => new()
    {
        Name = run.Problem.Name,
        Folder = run.Problem.Name,
        Search = Definition(run.Problem, run.Seed),
        State = CampaignState.Finished,
        Trials = Trial.Fold(
            run.Outcomes.Select(outcome => misleads ? outcome with { Value = -outcome.Value } : outcome), run.Problem.Epochs),
    };
}
