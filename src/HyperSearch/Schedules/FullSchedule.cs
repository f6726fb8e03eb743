namespace HyperSearch.Schedules;

/// <summary>Every trial gets the full budget in one job (<c>schedule: none</c>).</summary>
/// <example>
/// <code>
/// var options = new SearchOptions { Epochs = 27, Schedule = new FullSchedule() };
/// </code>
/// </example>
public sealed record FullSchedule : ISchedule
{
    /// <inheritdoc/>
    public IScheduleState Initial(int epochs)
    {
        if (epochs < 1)
            throw new ArgumentOutOfRangeException(nameof(epochs), epochs, "A trial needs at least one epoch.");
        return new State(epochs);
    }

    private sealed record State(int Epochs) : IScheduleState
    {
        public IReadOnlyList<int> Rungs => [Epochs];

        public IScheduleState Observe(JobResult result) => this;

        public IEnumerable<int> Candidates(int furtherTrials) => [];

        public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart) =>
            (mayStart ? new ScheduleDecision.Start(Epochs) : new ScheduleDecision.Wait(), this);
    }
}
