using System.Collections.Immutable;
using HyperSearch.Benchmarks.Speed;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>
/// One method on one problem with one seed: a campaign of the product's own planner, whose logical clock is the simulated one.
/// </summary>
internal sealed class Run
{
    private const string Metric = "value";
    private readonly Search _search;
    private readonly double _untilCost;
    private readonly Dictionary<int, (Job Job, Request Request)> _underWay = [];
    private readonly List<Request> _wanted = [];

    public Run(Method method, Problem problem, ulong seed, int trials, double untilCost, EarlierTrials? earlier = null)
    {
        (Method, Problem, Seed, _untilCost) = (method, problem, seed, untilCost);
        _search = new Search
        {
            Name = problem.Name,
            Objective = problem.Objective,
            Metric = Metric,
            Space = problem.Space,
            Sampler = method.Sampler,
            Schedule = method.Schedule,
            Trials = trials,
            Seed = seed,
            Slots = method.Slots,
            Edition = method.Edition,
            Earlier = earlier,
        };
    }

    public Method Method { get; }

    public Problem Problem { get; }

    public ulong Seed { get; }

    /// <summary>
    /// After each job: the epochs that all slots could have trained by then, less those that stopped trials saved, and the true value of
    /// the trial that looks best so far.
    /// </summary>
    public List<(double Cost, double Best)> Trace { get; } = [];

    /// <summary>After each job with a value: the cost so far, and the trial that the ranking would put first: a finished one, if
    /// any.</summary>
    public List<(double Cost, Point Point, ImmutableArray<Stretch> Past)> Winners { get; } = [];

    /// <summary>What every job gave, in the order of the planner's decisions.</summary>
    public List<Outcome> Outcomes { get; } = [];

    /// <summary>Evaluations that the run waits for.</summary>
    public IReadOnlyList<Request> Wanted => _wanted;

    /// <summary>Seconds of CPU spent deciding.</summary>
    public double Deciding { get; private set; }

    /// <summary>Plays on; each step ends where values are needed.</summary>
    public IEnumerable<bool> Play()
    {
        var planner = new Planner(_search, _ => 1, _search.Trials);
        var state = planner.Initial();
        var (bestObserved, bestTrue, saved) = (double.PositiveInfinity, double.PositiveInfinity, 0);
        var winner = (IsUnfinished: true, Value: double.PositiveInfinity, Job: (Job?)null);
        while (true)
        {
            var started = Stopclock.Seconds;
            state = Fill(planner, state);
            Deciding += Stopclock.Seconds - started;
            if (state.Awaited is not { } awaited)
                yield break;
            if (_wanted.Count > 0)
            {
                yield return true;
                _wanted.Clear();
            }

            _underWay.Remove(awaited, out var ended);
            var outcome = OutcomeOf(ended.Job, ended.Request);
            Outcomes.Add(outcome);
            started = Stopclock.Seconds;
            state = planner.Observe(state, outcome);
            Deciding += Stopclock.Seconds - started;
            saved += outcome.ToEpochs - outcome.Epochs;
            var cost = state.Now * Method.Slots - saved;
            if (cost > _untilCost)
                yield break;
            if (outcome.Value < bestObserved)
                (bestObserved, bestTrue) =
                    (outcome.Value.Value, outcome.State == OutcomeState.Stopped ? outcome.Value.Value : ended.Request.True);
            Trace.Add((cost, bestTrue));
            var place = (IsUnfinished: outcome.ToEpochs < Problem.Epochs, Value: outcome.Value ?? double.PositiveInfinity);
            if (place.CompareTo((winner.IsUnfinished, winner.Value)) < 0)
                winner = (place.IsUnfinished, place.Value, ended.Job);
            if (winner.Job is { } job)
                Winners.Add((cost, job.Point, job.Past));
        }
    }

    private PlannerState Fill(Planner planner, PlannerState state)
    {
        while (true)
        {
            (var job, state) = planner.Next(state);
            if (job is null)
                return state;
            var request = new Request(Problem, job.Point, job.FromEpochs, job.ToEpochs, Method.NeedsCurves || Problem.HasCurves, job.Seed)
            {
                Past = job.Past,
            };
            _underWay.Add(job.Number, (job, request));
            _wanted.Add(request);
        }
    }

    private static Outcome OutcomeOf(Job job, Request request)
    {
        // A job that falls behind its rule ends there, as a worker would end it.
        var (epochs, best) = (job.ToEpochs, double.PositiveInfinity);
        for (var i = 0; i < request.Curve.Length && epochs == job.ToEpochs; i++)
        {
            best = Math.Min(best, request.Curve[i]);
            if (job.Stop?.Ends(job.FromEpochs + i + 1, best) == true)
                epochs = job.FromEpochs + i + 1;
        }

        if (!double.IsFinite(request.Observed))
            return Outcome.Of(job, OutcomeState.Diverged) with { Epochs = job.ToEpochs };
        var curve = request.Curve.AsSpan(0, Math.Min(request.Curve.Length, epochs - job.FromEpochs)).ToImmutableArray();
        return new Outcome
        {
            Job = job.Number,
            Trial = job.Trial,
            Point = job.Point,
            Origin = job.Origin,
            FromEpochs = job.FromEpochs,
            ToEpochs = job.ToEpochs,
            Epochs = epochs,
            State = epochs < job.ToEpochs ? OutcomeState.Stopped : OutcomeState.Completed,
            Value = curve.IsEmpty ? request.Observed : curve[^1],
            Curve = curve.IsEmpty ? LearningCurve.Empty
                : new LearningCurve([.. Enumerable.Range(job.FromEpochs + 1, curve.Length)],
                    ImmutableSortedDictionary<string, ImmutableArray<double>>.Empty.Add(Metric, curve)),
        };
    }
}
