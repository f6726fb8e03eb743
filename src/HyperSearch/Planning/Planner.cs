using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>Decides every job of a campaign as a function of its search and of the outcomes so far: state in, state out.</summary>
/// <remarks>
/// <para>It has no clock, no shared random state and no I/O. Resuming is folding the stored outcomes again.</para>
/// <para>
/// The <em>logical clock</em>: <see cref="SearchSettings.Slots"/> logical workers run the jobs in simulated time, each taking its planned
/// cost ((to − from) epochs × work per epoch). A job's decision sees exactly the outcomes that ended before it on that clock, ordered by
/// (logical end, job number); which real worker finishes first never matters. With <see cref="SearchSettings.Relaxed"/> outcomes are seen
/// in the order given.
/// </para>
/// </remarks>
/// <param name="search">The definition.</param>
/// <param name="workPerEpoch">The planned work of one epoch of a configuration, positive, in any unit; anything else counts as
/// 1.</param>
/// <param name="budgetedTrials">The number of trials that samplers are told; an extension keeps the first session's, so that it continues
/// the same decisions.</param>
public sealed partial class Planner(Search search, Func<Point, double> workPerEpoch, int budgetedTrials)
{
    /// <summary>
    /// How many trials each session asked for, in order; default: all of <see cref="SearchSettings.Trials"/> from the first job on.
    /// </summary>
    /// <remarks>
    /// A schedule decides otherwise once no trial may start any more, so an extension must not reach back into earlier decisions.
    /// </remarks>
    public ImmutableArray<TrialLimit> TrialLimits { get; init; } = [];

    /// <summary>The changes of the number of slots, in order; default: <see cref="SearchSettings.Slots"/> from the first job on.</summary>
    public ImmutableArray<SlotChange> SlotChanges { get; init; } = [];

    /// <summary>The configurations that a person enqueued while the campaign ran, in order; default: none.</summary>
    public ImmutableArray<EnqueuedPoint> EnqueuedPoints { get; init; } = [];

    /// <summary>The trials that a person stopped while the campaign ran, in order; default: none.</summary>
    public ImmutableArray<TrialStop> StoppedTrials { get; init; } = [];

    /// <summary>The number of slots after the last change.</summary>
    internal int LastSlots => SlotChanges.IsEmpty ? search.Slots : SlotChanges[^1].Slots;

    /// <summary>The beginning of the reason of an outcome whose command ended well but never said the metric.</summary>
    internal const string NoMetric = "The command reported no ";

    /// <summary>A search ends when so many trials, its first, all ended without the metric.</summary>
    private const int FirstWithoutMetric = 3;

    /// <summary>So many failures in a row are no accident any more.</summary>
    private const int FewestToHoldBack = 5;

    private readonly Func<Point, double> _workPerEpoch = workPerEpoch ?? throw new ArgumentNullException(nameof(workPerEpoch));
    private readonly double _sign = (search ?? throw new ArgumentNullException(nameof(search))).Maximize ? -1 : 1;

    /// <summary>The state before the first job.</summary>
    public PlannerState Initial()
    {
        var schedule = BeginSchedule();
        return new PlannerState(SamplingState.Begin(search, budgetedTrials, schedule.Rungs), schedule);
    }

    /// <summary>
    /// The next job for a free slot, and the state in which it is under way; <c>null</c> when the slots are full or nothing can be decided
    /// before another outcome.
    /// </summary>
    /// <exception cref="CampaignException">The schedule, of a program's own, decided what cannot be carried out.</exception>
    public (Job? Job, PlannerState State) Next(PlannerState state)
    {
        ArgumentNullException.ThrowIfNull(state);
        if (state.Clock.Count >= SlotsAt(state) || state.Ending is not null)
            return (null, state);
        if (RetryingSession(state) is { } session)
            // which have failed is known when all under way has ended
            return state.Clock.IsEmpty ? Next(TakeUpFailed(state, session)) : (null, state);
        if (state.SearchEnding is not null)
            return state.Confirming is not null || state.Clock.IsEmpty ? Confirm(state) : (null, state); // leaders are known at the end

        var isOut = state.Exhausted && state.Again.IsEmpty && EnqueuedAt(state) is null && search.Schedule is not PbtSchedule;
        var mayStart = state.Trials < TrialsAt(state) && !isOut;
        var (decision, schedule) = state.Schedule.Next(state.Trials, mayStart);
        if (decision is ScheduleDecision.Copy && !HasSpareTrial(state))
            (decision, schedule) = state.Schedule.Next(state.Trials, mayStart = false);
        ThrowIfWrong(state, decision, mayStart);
        schedule = Given(schedule, "Next");
        if (decision is ScheduleDecision.Choose choice)
        {
            if (!IsGiven(state) || choice.ToEpochs is not { } first)
                return Choose(state with { Schedule = schedule }, choice);
            decision = new ScheduleDecision.Start(first);
            schedule = Given(schedule.Take(decision), "Take");
        }

        switch (decision)
        {
            case ScheduleDecision.Start start when !state.Again.IsEmpty:
                var again = TrialPlan.OfFailed(state.Trials, state.Again.Peek());
                return Dispatch(
                    state with { Schedule = schedule, Again = state.Again.Dequeue(), Trials = state.Trials + 1 }, again, 0,
                    start.ToEpochs, start.Stop);
            case ScheduleDecision.Start start when EnqueuedAt(state) is { } point:
                var given = TrialPlan.OfFirst(state.Trials, new FirstPoint(point.Point), search.Space);
                return Dispatch(
                    state with { Schedule = schedule, PointsTakenUp = state.PointsTakenUp + 1, Trials = state.Trials + 1 }, given, 0,
                    start.ToEpochs, start.Stop);
            case ScheduleDecision.Start start:
                var (plan, sampling) = state.Sampling.Propose(state.Trials);
                return plan is null
                    ? Next(state with { Exhausted = true, Sampling = sampling, Schedule = Given(state.Schedule.Exhausted(), "Exhausted") })
                    : Dispatch(state with { Schedule = schedule, Sampling = sampling, Trials = state.Trials + 1 }, plan, 0,
                        start.ToEpochs, start.Stop);
            case ScheduleDecision.Copy copy:
                return Copy(state, copy, schedule);
            case ScheduleDecision.Continue more when IsStopped(state, more.Trial):
                return Next(state with
                {
                    Schedule = Given(schedule.Observe(new JobResult(more.Trial, more.ToEpochs, Value: null, [], Ended: true)), "Observe"),
                    Plans = state.Plans.Remove(more.Trial),
                });
            case ScheduleDecision.Continue more:
                var known = state.Plans[more.Trial];
                return Dispatch(
                    state with { Schedule = schedule, Sampling = state.Sampling.Resumed(known) }, known, more.FromEpochs, more.ToEpochs,
                    more.Stop);
            default:
                return state.Clock.IsEmpty ? Next(state with { SearchEnding = Exhaustion(state) }) : (null, state);
        }
    }

    /// <summary>The state after one more outcome.</summary>
    /// <exception cref="ArgumentException">The outcome is not of the job that <see cref="PlannerState.Awaited"/> names (in relaxed order:
    /// of no job under way).</exception>
    public PlannerState Observe(PlannerState state, Outcome outcome)
    {
        ArgumentNullException.ThrowIfNull(state);
        ArgumentNullException.ThrowIfNull(outcome);
        var tick = search.Relaxed ? state.Clock.FirstOrDefault(tick => tick.Job == outcome.Job) : state.Clock.Min;
        if (tick is null || tick.Job != outcome.Job)
            throw new ArgumentException($"The planner waits for job {state.Awaited}, not for job {outcome.Job}.", nameof(outcome));

        var value = outcome.Value * _sign;
        if (outcome.Repeat > 0)
        {
            var repeated = outcome.State == OutcomeState.Completed ? value : null; // one that was stopped is no whole run
            var confirming = state.Confirming!.Observe(outcome.Trial, repeated, outcome.State == OutcomeState.Diverged);
            return state with
            {
                Now = tick.End,
                Clock = state.Clock.Remove(tick),
                Confirming = confirming,
                HasLearned = true,
                Outcomes = state.Outcomes + 1,
            };
        }

        var plan = state.Plans[outcome.Trial];
        var ended = outcome.State != OutcomeState.Completed || outcome.Epochs < outcome.ToEpochs;
        var curve = outcome.Curve.Column(search.Metric);
        if (_sign < 0)
            curve = [.. curve.Select(v => -v)];
        var smoothed = value is { } last ? LastEpochs.Median(curve, outcome.ToEpochs, last) : (double?)null;
        var seen = new Observation(outcome.Trial, plan.Position, plan.Origin, value, outcome.ToEpochs)
        {
            Values = ValuesOf(outcome),
            Smoothed = smoothed,
        };
        var result = new JobResult(outcome.Trial, outcome.ToEpochs, value, curve, ended) { Smoothed = smoothed };
        var failed = outcome.State is OutcomeState.Failed or OutcomeState.TimedOut;
        var improved = value < state.Best;
        var next = state with
        {
            Now = tick.End,
            Clock = state.Clock.Remove(tick),
            HasLearned = true,
            Outcomes = state.Outcomes + 1,
            Plans = ended || outcome.ToEpochs >= search.Objective.Epochs ? state.Plans.Remove(outcome.Trial) : state.Plans,
            Sampling = state.Sampling.Observe(seen),
            Schedule = Given(state.Schedule.Observe(result), "Observe"),
            FailuresInARow = failed ? state.FailuresInARow + 1 : 0,
            WithoutMetric = failed && outcome.Reason?.StartsWith(NoMetric, StringComparison.Ordinal) == true ? state.WithoutMetric + 1 : 0,
            Failed = failed ? state.Failed.SetItem(outcome.Trial, plan) : state.Failed,
            Best = improved ? value.GetValueOrDefault() : state.Best,
            SinceBest = improved ? 0 : state.SinceBest + (outcome.FromEpochs == plan.Begins ? 1 : 0),
            EpochsTrained = state.EpochsTrained + outcome.Epochs - outcome.FromEpochs,
        };
        var complete = outcome.State == OutcomeState.Completed && outcome.ToEpochs >= search.Objective.Epochs;
        if (search.Confirm is { } confirm && value is { } reached && complete)
        {
            var leader = new Leader(plan, reached) { Tie = TieBreak.Of(outcome.Measured) };
            next = next with { Leaders = Leader.Insert(state.Leaders, leader, confirm.Top) };
        }

        return next with { SearchEnding = next.SearchEnding ?? EndingOf(next, outcome) };
    }

    /// <summary>
    /// The next repeat of a leader; without any to confirm, and when the failures of the search have ended it, the campaign is over.
    /// </summary>
    private (Job? Job, PlannerState State) Confirm(PlannerState state)
    {
        if (search.Confirm is not { } wanted || state.Leaders.IsEmpty || HasFailedTooOften(state))
            return (null, state with { Ending = state.SearchEnding });
        var repeat = (state.Confirming ?? ConfirmState.Begin(wanted, state.Leaders))
            .Without(leader => IsStopped(state, leader)).Next(out var confirming, out var over);
        var next = state with { Confirming = confirming };
        if (repeat is var (plan, number))
            return Dispatch(next, plan, 0, search.Objective.Epochs, null, number);
        if (!over)
            return (null, next);
        var leaders = state.Leaders.Length == 1 ? "the best one was" : $"the best {state.Leaders.Length} were";
        var ending = $"{state.SearchEnding}; {leaders} confirmed by {Counted.Of(confirming.Runs, "repeat")}";
        return (null, next with { Ending = ending });
    }

    /// <summary>
    /// How many jobs may be under way. When half of the failures that end a search have come in a row, five at least, no more than are
    /// still lacking: a search that is about to end wastes no further trial.
    /// </summary>
    private int SlotsAt(PlannerState state)
    {
        var limit = search.Limits.StopAfterFailures;
        var isSuspect = state.FailuresInARow >= FewestToHoldBack && 2 * state.FailuresInARow >= limit && state.FailuresInARow < limit;
        var slots = SlotChanges.LastOrDefault(change => change.FromJob <= state.Jobs)?.Slots ?? search.Slots;
        return isSuspect && LimitAt(state)?.HoldsBack == true ? Math.Min(slots, limit - state.FailuresInARow) : slots;
    }

    private PlannerState TakeUpFailed(PlannerState state, int session)
    {
        var failed = TrialLimits[session].Again.Where(state.Failed.ContainsKey).ToList();
        return state with
        {
            LimitsTakenUp = session + 1,
            Again = failed.Aggregate(state.Again, (queue, trial) => queue.Enqueue(state.Failed[trial])),
            Failed = state.Failed.RemoveRange(failed),
            FailuresInARow = 0,
            WithoutMetric = 0,
            SearchEnding = null,
        };
    }

    private (Job? Job, PlannerState State) Dispatch(
        PlannerState state, TrialPlan plan, int from, int to, StopRule? stop = null, int repeat = 0, bool copy = false)
    {
        var cost = (to - from) * WorkOf(plan);
        if (!(cost > 0) || double.IsInfinity(cost))
            cost = to - from;
        var job = new Job(state.Jobs, plan.Trial, plan.Point, plan.Origin, from, to, stop, TrialSeed.Of(search.Seed, plan.Root, repeat))
        {
            Repeat = repeat,
            Parent = copy ? plan.Parent : null,
            Past = plan.Past,
        };
        return (job, state with
        {
            Jobs = state.Jobs + 1,
            HasLearned = false,
            Plans = repeat == 0 ? state.Plans.SetItem(plan.Trial, plan) : state.Plans,
            Clock = state.Clock.Add(new LogicalTick(state.Now + cost, job.Number)),
        });
    }

    /// <summary>Every metric that is traded off, lower is better; empty with a single one, and for a trial that lacks one.</summary>
    private ImmutableArray<double> ValuesOf(Outcome outcome)
    {
        if (search.Further.IsEmpty || outcome.Value is null)
            return [];
        ImmutableArray<double> values = [.. search.Goals.Select(goal => goal.CostOf(outcome.Measured)).OfType<double>()];
        return values.Length == search.Goals.Length ? values : [];
    }
}
