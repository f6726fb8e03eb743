using System.Collections.Immutable;
using HyperSearch.Schedules;

namespace HyperSearch.Planning;

/// <summary>Everything a planner knows at one moment. Immutable.</summary>
public sealed record PlannerState
{
    internal PlannerState(SamplingState sampling, IScheduleState schedule) => (Sampling, Schedule) = (sampling, schedule);

    /// <summary>The schedule's state.</summary>
    public IScheduleState Schedule { get; internal init; }

    /// <summary>The points that run first, the points that were tried, and the sampler's state.</summary>
    internal SamplingState Sampling { get; init; }

    /// <summary>The logical ends of the jobs under way.</summary>
    internal ImmutableSortedSet<LogicalTick> Clock { get; init; } = [];

    /// <summary>Whether an outcome has come since the last job was decided.</summary>
    internal bool HasLearned { get; init; }

    /// <summary>Trials that failed and were not started again.</summary>
    internal ImmutableSortedDictionary<int, TrialPlan> Failed { get; init; } = ImmutableSortedDictionary<int, TrialPlan>.Empty;

    /// <summary>Trials that failed and start again before the sampler is asked for another.</summary>
    internal ImmutableQueue<TrialPlan> Again { get; init; } = [];

    /// <summary>How many of <see cref="Planner.EnqueuedPoints"/> have become trials.</summary>
    internal int PointsTakenUp { get; init; }

    /// <summary>Of how many <see cref="Planner.TrialLimits"/> the failed trials were taken up.</summary>
    internal int LimitsTakenUp { get; init; }

    /// <summary>Trials under way, or that a schedule may still promote.</summary>
    internal ImmutableDictionary<int, TrialPlan> Plans { get; init; } = ImmutableDictionary<int, TrialPlan>.Empty;

    /// <summary>The logical time, in units of planned work.</summary>
    public double Now { get; init; }

    /// <summary>Outcomes seen so far.</summary>
    public int Outcomes { get; init; }

    /// <summary>Jobs planned so far.</summary>
    public int Jobs { get; init; }

    /// <summary>Trials proposed so far.</summary>
    public int Trials { get; init; }

    /// <summary>Whether the sampler has no further point.</summary>
    public bool Exhausted { get; init; }

    /// <summary>The best value so far, lower is better; positive infinity before the first.</summary>
    public double Best { get; init; } = double.PositiveInfinity;

    /// <summary>Trials whose first job has ended since the best outcome.</summary>
    public int SinceBest { get; init; }

    /// <summary>Failed jobs since the last that did not fail, in logical order.</summary>
    public int FailuresInARow { get; init; }

    /// <summary>Jobs in a row whose command ended well without the metric, in logical order.</summary>
    internal int WithoutMetric { get; init; }

    /// <summary>Epochs trained by all observed jobs.</summary>
    public long EpochsTrained { get; init; }

    /// <summary>The best trials, as far as they will be confirmed.</summary>
    internal ImmutableArray<Leader> Leaders { get; init; } = [];

    /// <summary>The confirmation of the leaders; <c>null</c> before it begins.</summary>
    internal ConfirmState? Confirming { get; init; }

    /// <summary>
    /// Why the search proposes no further trial, for people; <c>null</c> while it goes on. Jobs under way are still awaited, then the
    /// leaders are confirmed.
    /// </summary>
    public string? SearchEnding { get; init; }

    /// <summary>
    /// Why no further job will be planned, for people; <c>null</c> while the campaign goes on. Jobs under way are still awaited.
    /// </summary>
    public string? Ending { get; init; }

    /// <summary>The job whose outcome comes next on the logical clock; <c>null</c> when none is under way.</summary>
    public int? Awaited => Clock.IsEmpty ? null : Clock.Min!.Job;

    /// <summary>Whether nothing is under way and nothing more will be planned.</summary>
    public bool IsFinished => Ending is not null && Clock.IsEmpty;
}

/// <summary>When a job ends on the logical clock.</summary>
/// <param name="End">The logical time.</param>
/// <param name="Job">The job's number; earlier jobs come first among equal ends.</param>
internal sealed record LogicalTick(double End, int Job) : IComparable<LogicalTick>
{
    public int CompareTo(LogicalTick? other)
    {
        if (other is null)
            return 1;
        var byEnd = End.CompareTo(other.End);
        return byEnd != 0 ? byEnd : Job.CompareTo(other.Job);
    }
}
