using System.Globalization;
using HyperSearch.Benchmarks.Quality;
using HyperSearch.Benchmarks.Speed;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CmaEs;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Samplers.Gp;
using HyperSearch.Samplers.MultiFidelity;
using HyperSearch.Samplers.Tpe;
using HyperSearch.Schedules;

namespace HyperSearch.Benchmarks.Decide;

/// <summary>
/// What deciding costs in the product's planner, per job: the job planned and its outcome taken in. CPU time, so that neighbours count
/// little.
/// </summary>
internal static class DecideCommand
{
    private const int Early = 100, Window = 50, Repeats = 20, WarmUp = 20_000;
    private static readonly FullSchedule Full = new();
    private static readonly (ISampler Sampler, ISchedule Schedule, string Name, int Late)[] Methods =
    [
        (new RandomSampler(), Full, "random", 100_000), (new SobolSampler(), Full, "sobol", 100_000),
        (new CoarseToFineSampler(), Full, "coarse_to_fine", 100_000),
        (new CmaEsSampler(), Full, "cma_es", 100_000), (new TpeSampler(), Full, "tpe", 2_000), (new GpSampler(), Full, "gp", 200),
        (new MultiFidelityGpSampler(), Full, "multi_fidelity_gp", 2_000),
        (new MultiFidelityGpSampler(), new FreezeThawSchedule(), "freeze_thaw", 200),
        (new MultiFidelityGpSampler(), new FreezeThawSchedule(), "freeze_thaw", 2_000),
    ];

    /// <summary>Runs the command: <c>decide [SAMPLER…]</c>.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] names)
    {
        Console.WriteLine("| milliseconds a job, 7 parameters | slots | at trial 100 | late | at trial |");
        Console.WriteLine("|---|---|---|---|---|");
        foreach (var (sampler, schedule, name, late) in Methods.Where(one => names.Length == 0 || names.Contains(one.Name)))
        {
            foreach (var slots in new[] { 1, 8 })
            {
                Cost(sampler, schedule, slots, Math.Min(WarmUp, late), 1); // so that everything is compiled
                var early = Enumerable.Range(1, Repeats).Select(seed => Cost(sampler, schedule, slots, Early, (ulong)seed)).Order()
                    .ElementAt(Repeats / 2);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {name} | {slots} | {1000 * early:0.0000} | {1000 * Cost(sampler, schedule, slots, late, 1):0.0000} | {late:N0} |"));
            }
        }

        return 0;
    }

    /// <summary>Seconds a job, over the trials around <paramref name="trial"/>.</summary>
    private static double Cost(ISampler sampler, ISchedule schedule, int slots, int trial, ulong seed)
    {
        var search = new Search
        {
            Name = "decide",
            Objective = new DelegateDefinition { Epochs = schedule is FullSchedule ? 1 : 52 },
            Metric = "value",
            Space = LcBench.Hyperparameters,
            Sampler = sampler,
            Schedule = schedule,
            Trials = trial + Window,
            Seed = seed,
            Slots = slots,
        };
        var planner = new Planner(search, _ => 1, search.Trials);
        var state = planner.Initial();
        var underWay = new Dictionary<int, Job>();
        var (started, before) = (0.0, 0);
        while (!state.IsFinished)
        {
            while (true)
            {
                if (state.Trials <= trial - Window && underWay.Count < slots)
                    (started, before) = (Stopclock.Seconds, state.Jobs);
                (var job, state) = planner.Next(state);
                if (job is null)
                    break;
                underWay.Add(job.Number, job);
            }

            if (state.Awaited is { } awaited && underWay.Remove(awaited, out var ended))
                state = planner.Observe(state, OutcomeOf(ended));
        }

        return (Stopclock.Seconds - started) / (state.Jobs - before);
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
        Value = LcBench.Hyperparameters.PositionOf(job.Point).Sum(u => (u - 0.3) * (u - 0.3)) + 1.0 / job.ToEpochs,
    };
}
