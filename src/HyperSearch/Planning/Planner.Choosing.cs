using HyperSearch.Schedules;

namespace HyperSearch.Planning;

/// <content>The decisions that a schedule leaves to a model.</content>
public sealed partial class Planner
{
    /// <summary>Whether the next trial has a point that nobody proposes: enqueued, a failed one's, or one of those that run
    /// first.</summary>
    private bool IsGiven(PlannerState state) =>
        !state.Again.IsEmpty || EnqueuedAt(state) is not null || state.Trials < search.First.Length;

    /// <summary>The job of the paused trial, or of the new one, from which the model expects the most.</summary>
    private (Job? Job, PlannerState State) Choose(PlannerState state, ScheduleDecision.Choose choice)
    {
        var (decision, plan, sampling) = state.Sampling.Choose(choice, state.Plans, state.Trials, state.Jobs);
        if (decision is null || plan is null)
            return Next(state with { Exhausted = true, Sampling = sampling });
        var next = state with { Schedule = Given(state.Schedule.Take(decision), "Take"), Sampling = sampling };
        return decision is ScheduleDecision.Continue more
            ? Dispatch(next, plan, more.FromEpochs, more.ToEpochs, more.Stop)
            : Dispatch(next with { Trials = state.Trials + 1 }, plan, 0, choice.ToEpochs!.Value, null);
    }
}
