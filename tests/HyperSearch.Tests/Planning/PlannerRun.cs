using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.Designs;
using HyperSearch.Spaces;

namespace HyperSearch.Tests.Planning;

/// <summary>Runs a planner against a pure objective, with outcomes arriving in an order of the test's choosing.</summary>
internal static class PlannerRun
{
    public static Search Search(ISampler? sampler = null, int trials = 60, int slots = 8, ulong seed = 1) => new()
    {
        Name = "test",
        Objective = new TestObjective(),
        Metric = "loss",
        Space = new Space([new Parameter("x", new UniformScale(0, 1)), new Parameter("y", new LogScale(1e-4, 1))]),
        Sampler = sampler ?? new RandomSampler(),
        Trials = trials,
        Slots = slots,
        Seed = seed,
    };

    /// <summary>The outcomes in the order in which the planner saw them.</summary>
    /// <param name="search">What to run.</param>
    /// <param name="pick">Given how many jobs are under way, the index of the one that really ends next.</param>
    /// <param name="cost">Work per epoch of a point.</param>
    /// <param name="value">The value of a point; NaN fails.</param>
    /// <param name="measure">The value of a job, instead; NaN fails.</param>
    /// <param name="complete">What else an outcome says.</param>
    /// <param name="earlier">Outcomes of an earlier session.</param>
    /// <param name="limits">What each session asked for.</param>
    /// <param name="budgetedTrials">The trials of the first session.</param>
    public static List<Outcome> Outcomes(
        Search search, Func<int, int>? pick = null, Func<Point, double>? cost = null, Func<Point, double>? value = null,
        IEnumerable<Outcome>? earlier = null, int? budgetedTrials = null,
        Func<Job, double>? measure = null, Func<Job, Outcome, Outcome>? complete = null, TrialLimit[]? limits = null)
    {
        value ??= point => Math.Pow(point["x"].Number - 0.3, 2) + Math.Abs(Math.Log10(point["y"].Number) + 2);
        var planner = new Planner(search, cost ?? (_ => 1), budgetedTrials ?? search.Trials) { TrialLimits = [.. limits ?? []] };
        var arrivals = new Arrivals(earlier ?? [], relaxed: false);
        var underWay = new List<Job>();
        var seen = new List<Outcome>();
        var state = planner.Initial();
        while (true)
        {
            while (true)
            {
                (var job, state) = planner.Next(state);
                if (job is null)
                    break;
                if (!arrivals.Knows(job))
                    underWay.Add(job);
            }

            Assert.True(underWay.Count <= search.Slots, $"{underWay.Count} jobs are under way with {search.Slots} slots");
            if (state.IsFinished)
                return seen;

            Outcome? outcome;
            while ((outcome = arrivals.Take(state.Awaited!.Value)) is null)
            {
                var next = pick?.Invoke(underWay.Count) ?? 0;
                var measured = OutcomeOf(underWay[next], measure?.Invoke(underWay[next]) ?? value(underWay[next].Point));
                arrivals.Add(complete?.Invoke(underWay[next], measured) ?? measured);
                underWay.RemoveAt(next);
            }

            seen.Add(outcome);
            state = planner.Observe(state, outcome);
        }
    }

    public static Outcome OutcomeOf(Job job, double value) =>
        Outcome.Of(job, double.IsNaN(value) ? OutcomeState.Failed : OutcomeState.Completed) with
        {
            Epochs = job.ToEpochs,
            Value = double.IsNaN(value) ? null : value,
        };
}
