using System.Collections.Immutable;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <content>What changes while a campaign runs, and from which moment on.</content>
public sealed partial class Planner
{
    /// <summary>A planner with another number of slots from now on, which decides all that this one has decided in the same way.</summary>
    /// <remarks>
    /// The change holds from the next job on where this planner is waiting for a free slot and has learned nothing since it filled the
    /// last one: it would have decided that job just there. Else it holds from the job after the next on, because the next one might have
    /// been decided sooner with more slots.
    /// </remarks>
    internal Planner With(int slots, PlannerState state)
    {
        var isWaiting = state.Clock.Count >= SlotsAt(state) && !state.HasLearned;
        var from = Math.Max(isWaiting ? state.Jobs : state.Jobs + 1, SlotChanges.IsEmpty ? 0 : SlotChanges[^1].FromJob);
        return With(TrialLimits, SlotChanges.Add(new SlotChange(from, slots)), EnqueuedPoints, StoppedTrials);
    }

    /// <summary>A planner with another number of trials from now on, which decides all that this one has decided in the same
    /// way.</summary>
    /// <remarks>It holds once as many jobs have been decided and as many outcomes seen as now, and this planner has no further job to
    /// decide before another outcome: so a later reading of the same outcomes comes to the same moment with the same state.</remarks>
    /// <param name="trials">How many trials in all.</param>
    /// <param name="again">The failed trials that start again, counted by <paramref name="trials"/>.</param>
    /// <param name="state">The present state.</param>
    internal Planner With(int trials, ImmutableArray<int> again, PlannerState state)
    {
        var limit = new TrialLimit(state.Jobs, trials)
        {
            FromOutcome = state.Outcomes,
            HoldsBack = LimitAt(state)?.HoldsBack ?? false,
            Again = again,
        };
        return With(TrialLimits.Add(limit), SlotChanges, EnqueuedPoints, StoppedTrials);
    }

    /// <summary>A planner that starts a configuration next, which decides all that this one has decided in the same way.</summary>
    /// <inheritdoc cref="With(int, ImmutableArray{int}, PlannerState)" path="/remarks"/>
    internal Planner With(Point point, PlannerState state) =>
        With(TrialLimits, SlotChanges, EnqueuedPoints.Add(new EnqueuedPoint(state.Jobs, state.Outcomes, point)), StoppedTrials);

    /// <summary>A planner that decides no further job of a trial, and all that this one has decided in the same way.</summary>
    /// <inheritdoc cref="With(int, ImmutableArray{int}, PlannerState)" path="/remarks"/>
    internal Planner Without(int trial, PlannerState state) =>
        With(TrialLimits, SlotChanges, EnqueuedPoints, StoppedTrials.Add(new TrialStop(state.Jobs, state.Outcomes, trial)));

    private Planner With(ImmutableArray<TrialLimit> limits, ImmutableArray<SlotChange> slots, ImmutableArray<EnqueuedPoint> points,
        ImmutableArray<TrialStop> stopped) => new(search, _workPerEpoch, budgetedTrials)
        {
            TrialLimits = limits,
            SlotChanges = slots,
            EnqueuedPoints = points,
            StoppedTrials = stopped,
        };

    /// <summary>Whether a person has stopped a trial by now.</summary>
    internal bool IsStopped(PlannerState state, int trial)
    {
        foreach (var stop in StoppedTrials)
        {
            if (stop.Trial == trial && stop.FromJob <= state.Jobs && stop.FromOutcome <= state.Outcomes)
                return true;
        }

        return false;
    }

    /// <summary>Whether a job or a repeat of a trial is under way, or may still come if nobody stops it.</summary>
    internal bool MayGoOn(PlannerState state, int trial) => !IsStopped(state, trial) && (state.SearchEnding is null
        ? state.Plans.ContainsKey(trial)
        : state.Confirming?.Leaders.Any(leader => leader.Plan.Trial == trial && leader.Ended < leader.Wanted) == true);

    /// <summary>The failed trials that nobody has asked to start again, by number.</summary>
    internal ImmutableArray<int> FailedAt(PlannerState state) =>
        [.. state.Failed.Keys.Except(TrialLimits.Skip(state.LimitsTakenUp).SelectMany(limit => limit.Again))];

    /// <summary>Whether a trial is left for another configuration, beside those that are enqueued or start again and have not
    /// started.</summary>
    internal bool MayEnqueue(PlannerState state)
    {
        var again = state.Again.Count() + TrialLimits.Skip(state.LimitsTakenUp).Sum(limit => limit.Again.Length);
        return state.SearchEnding is null
            && state.Trials + again + EnqueuedPoints.Length - state.PointsTakenUp < TrialsAt(state);
    }

    private EnqueuedPoint? EnqueuedAt(PlannerState state) => state.PointsTakenUp < EnqueuedPoints.Length
        && EnqueuedPoints[state.PointsTakenUp] is { } next && next.FromJob <= state.Jobs && next.FromOutcome <= state.Outcomes
            ? next : null;

    /// <summary>How many trials are asked for now.</summary>
    internal int TrialsAt(PlannerState state) => LimitAt(state)?.Trials ?? search.Trials;

    /// <summary>The session that decides a job; <c>null</c> where none has said so.</summary>
    private TrialLimit? LimitAt(PlannerState state)
    {
        for (var session = TrialLimits.Length - 1; session >= 0; session--)
        {
            if (Holds(TrialLimits[session], state))
                return TrialLimits[session];
        }

        return null;
    }

    private static bool Holds(TrialLimit limit, PlannerState state) =>
        limit.FromJob <= state.Jobs && limit.FromOutcome <= state.Outcomes;

    /// <summary>The first session that begins here or earlier and has failed trials to start again; <c>null</c> when none is
    /// left.</summary>
    private int? RetryingSession(PlannerState state)
    {
        for (var session = state.LimitsTakenUp; session < TrialLimits.Length && Holds(TrialLimits[session], state); session++)
        {
            if (!TrialLimits[session].Again.IsEmpty)
                return session;
        }

        return null;
    }
}
