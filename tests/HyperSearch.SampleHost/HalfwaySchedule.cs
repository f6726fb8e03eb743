using System.Collections.Immutable;
using HyperSearch.Schedules;

namespace HyperSearch.SampleHost;

/// <summary>A schedule of one's own: every trial gets half of the epochs, and the other half only if it is the best so far.</summary>
public sealed record HalfwaySchedule : ISchedule
{
    /// <inheritdoc/>
    public IScheduleState Initial(int epochs)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(epochs, 1);
        return new State(Math.Max(1, epochs / 2), epochs, double.PositiveInfinity, []);
    }

    private sealed record State(int Half, int Full, double Best, ImmutableQueue<int> GoingOn) : IScheduleState
    {
        public IReadOnlyList<int> Rungs => Half < Full ? [Half, Full] : [Full];

        public IScheduleState Observe(JobResult result) =>
            result.Epochs < Full && !result.Ended && result.Value is { } value && value < Best
                ? this with { Best = value, GoingOn = GoingOn.Enqueue(result.Trial) }
                : this;

        public IEnumerable<int> Candidates(int furtherTrials) => GoingOn;

        public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart)
        {
            if (GoingOn.IsEmpty)
                return (mayStart ? new ScheduleDecision.Start(Half) : new ScheduleDecision.Wait(), this);
            var rest = GoingOn.Dequeue(out var first);
            return (new ScheduleDecision.Continue(first, Half, Full), this with { GoingOn = rest });
        }
    }
}
