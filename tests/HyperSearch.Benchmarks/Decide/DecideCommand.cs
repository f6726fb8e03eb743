using System.Globalization;
using HyperSearch.Benchmarks.Quality;
using HyperSearch.Benchmarks.Speed;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CmaEs;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.Tpe;

namespace HyperSearch.Benchmarks.Decide;

/// <summary>
/// What deciding costs in the product's planner, per trial: the job planned and its outcome taken in. CPU time, so that neighbours count
/// little.
/// </summary>
internal static class DecideCommand
{
    private const int Early = 100, Window = 50, Repeats = 20, WarmUp = 20_000;
    private static readonly (ISampler Sampler, string Name, int Late)[] Samplers =
    [
        (new RandomSampler(), "random", 100_000), (new SobolSampler(), "sobol", 100_000),
        (new CoarseToFineSampler(), "coarse_to_fine", 100_000),
        (new CmaEsSampler(), "cma_es", 100_000), (new TpeSampler(), "tpe", 2_000), (new GpSampler(), "gp", 200),
    ];

    /// <summary>Runs the command: <c>decide [SAMPLER…]</c>.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] names)
    {
        Console.WriteLine("| milliseconds a trial, 7 parameters | slots | at trial 100 | late | at trial |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (sampler, name, late) in Samplers.Where(one => names.Length == 0 || names.Contains(one.Name)))
        {
            foreach (var slots in new[] { 1, 8 })
            {
                Cost(sampler, slots, WarmUp, 1); // so that everything is compiled
                var early = Enumerable.Range(1, Repeats).Select(seed => Cost(sampler, slots, Early, (ulong)seed)).Order()
                    .ElementAt(Repeats / 2);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {slots} | {1000 * early:0.0000} | {1000 * Cost(sampler, slots, late, 1):0.0000} | {late:N0} |"));
            }
        }

        return 0;
    }

    /// <summary>Seconds a trial, over the trials around <paramref name="trial"/>.</summary>
    private static double Cost(ISampler sampler, int slots, int trial, ulong seed)
    {
        var search = new Search
        {
            Name = "decide",
            Objective = new DelegateDefinition(),
            Metric = "value",
            Space = LcBench.Hyperparameters,
            Sampler = sampler,
            Trials = trial + Window,
            Seed = seed,
            Slots = slots,
        };
        var planner = new Planner(search, _ => 1, search.Trials);
        var state = planner.Initial();
        var underWay = new Queue<Job>();
        var started = 0.0;
        while (!state.IsFinished)
        {
            while (true)
            {
                if (state.Trials == trial - Window && underWay.Count < slots)
                    started = Stopclock.Seconds;
                (var job, state) = planner.Next(state);
                if (job is null)
                    break;
                underWay.Enqueue(job);
            }

            if (underWay.TryDequeue(out var ended))
                state = planner.Observe(state, OutcomeOf(ended));
        }

        return (Stopclock.Seconds - started) / (2 * Window);
    }

    private static Outcome OutcomeOf(Job job) => new()
    {
        Job = job.Number,
        Trial = job.Trial,
        Point = job.Point,
        Origin = job.Origin,
        FromEpochs = job.FromEpochs,
        ToEpochs = job.ToEpochs,
        Epochs = job.ToEpochs,
        State = OutcomeState.Completed,
        Value = LcBench.Hyperparameters.PositionOf(job.Point).Sum(u => (u - 0.3) * (u - 0.3)),
    };
}
