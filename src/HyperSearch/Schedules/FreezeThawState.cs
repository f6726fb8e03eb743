using System.Collections.Immutable;

namespace HyperSearch.Schedules;

/// <summary>
/// The state of <see cref="FreezeThawSchedule"/>: the ladder of asha, which decides first, and the epochs that were spent.
/// </summary>
/// <param name="Asha">The results on each rung and the trials that are paused there.</param>
/// <param name="Guard">The epochs to be spent before the model decides.</param>
/// <param name="Spent">The epochs that were spent by the jobs that have ended.</param>
internal sealed record FreezeThawState(AshaState Asha, double Guard, long Spent) : IScheduleState
{
    /// <summary>So many trials stay paused on each rung, so that a decision costs the same however many there were.</summary>
    private const int MostPaused = 50;

    public IReadOnlyList<int> Rungs => Asha.Rungs;

    public IScheduleState Observe(JobResult result)
    {
        var index = Asha.Budgets.IndexOf(result.Epochs);
        if (index < 0)
            return this;
        var asha = Asha.After(result.Trial, result.Epochs, result.Smoothed, result.Ended);
        var rung = asha.Ladder[index];
        if (rung.Waiting.Count > MostPaused)
            asha = asha with { Ladder = asha.Ladder.SetItem(index, rung with { Waiting = rung.Waiting.Remove(rung.Waiting.Max) }) };
        return this with { Asha = asha, Spent = Spent + result.Epochs - (index > 0 ? Asha.Budgets[index - 1] : 0) };
    }

    public IEnumerable<int> Candidates(int furtherTrials) =>
        (furtherTrials > 0 || Asha.Running > 0 ? Everywhere() : Last())
            .SelectMany(i => Asha.Ladder[i].Waiting.Select(result => result.Trial));

    public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart)
    {
        if (Spent < Guard)
        {
            var (decision, next) = Asha.Next(trial, mayStart);
            return (decision, this with { Asha = (AshaState)next });
        }

        ImmutableArray<ScheduleDecision.Continue> paused = [.. (mayStart ? Everywhere() : Last())
            .SelectMany(i => Asha.Ladder[i].Waiting.Select(result => Asha.Onwards(result.Trial, i)))];
        if (!paused.IsEmpty)
        {
            var owesPromotion = Asha.Next(trial, mayStart).Decision is ScheduleDecision.Continue;
            return (new ScheduleDecision.Choose(mayStart && !owesPromotion ? Asha.Budgets[0] : null, paused), this);
        }

        return mayStart
            ? (new ScheduleDecision.Start(Asha.Budgets[0]), this with { Asha = Asha.Begun() })
            : (new ScheduleDecision.Wait(), this);
    }

    public IScheduleState Take(ScheduleDecision choice)
    {
        if (choice is not ScheduleDecision.Continue more)
            return this with { Asha = Asha.Begun() };
        var index = Asha.Budgets.IndexOf(more.FromEpochs);
        return this with { Asha = Asha.Promoted(index, Asha.Ladder[index].Waiting.First(waiting => waiting.Trial == more.Trial)) };
    }

    private IEnumerable<int> Everywhere() => Enumerable.Range(0, Asha.Budgets.Length - 1);

    /// <summary>The rungs from which trials go on when none may start any more.</summary>
    private IEnumerable<int> Last()
    {
        var open = Everywhere().Where(Asha.MayPromote).ToList();
        if (open.Any(i => !Asha.Ladder[i].Waiting.IsEmpty) || Asha.Running > 0 || Asha.HasFinished)
            return open;
        return Everywhere().Reverse().Where(i => !Asha.Ladder[i].Waiting.IsEmpty).Take(1);
    }
}
