namespace HyperSearch.Schedules;

/// <summary>The knowledge of a schedule after some outcomes. Immutable: each call gives a new state.</summary>
public interface IScheduleState
{
    /// <summary>The state after one more job has ended.</summary>
    IScheduleState Observe(JobResult result);

    /// <summary>The decision about a free slot, and the state in which the decided job is under way.</summary>
    /// <param name="trial">The number that a new trial would get.</param>
    /// <param name="mayStart">Whether a new trial may start: false once the campaign has proposed all its trials.</param>
    (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart);

    /// <summary>The state in which one of the ways that a <see cref="ScheduleDecision.Choose"/> leaves open is under way. Default: this
    /// state, for schedules that leave none open.</summary>
    /// <param name="choice">A <see cref="ScheduleDecision.Start"/>, or one of the <see cref="ScheduleDecision.Continue"/>.</param>
    IScheduleState Take(ScheduleDecision choice) => this;

    /// <summary>The state once the space has no further point, so that no trial can start from nothing. Default: this state.</summary>
    IScheduleState Exhausted() => this;

    /// <summary>The trials that have ended a job and may still be sent on: those whose checkpoints are worth keeping.</summary>
    /// <param name="furtherTrials">How many further trials may start at most.</param>
    IEnumerable<int> Candidates(int furtherTrials);

    /// <summary>
    /// The budgets, ascending, in epochs, at which results can be compared; the last is the full budget. The sampler keeps one memory a
    /// rung.
    /// </summary>
    IReadOnlyList<int> Rungs { get; }
}
