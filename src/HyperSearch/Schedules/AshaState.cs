using System.Collections.Immutable;

namespace HyperSearch.Schedules;

/// <summary>The results on each rung of <see cref="AshaSchedule"/>, and the trials that may go on from there.</summary>
internal sealed record AshaState(
    double Factor,
    bool Stopping,
    ImmutableArray<int> Budgets,
    ImmutableArray<AshaState.Rung> Ladder,
    ImmutableQueue<(int Trial, int Rung)> GoingOn,
    int Running)
    : IScheduleState
{
    public IReadOnlyList<int> Rungs => Budgets;

    /// <summary>Whether a trial was trained in full and has a value.</summary>
    public bool HasFinished => Ladder[^1].Results.Any(result => double.IsFinite(result.Value));

    /// <summary>The state before any result.</summary>
    public static AshaState Before(ImmutableArray<int> rungs, double factor, bool stopping) =>
        new(factor, stopping, rungs, [.. rungs.Select(_ => Rung.Empty)], [], 0);

    public IScheduleState Observe(JobResult result) => After(result.Trial, result.Epochs, result.Value, result.Ended);

    /// <summary>The state after one more result.</summary>
    public AshaState After(int trial, int epochs, double? value, bool ended)
    {
        var index = Budgets.IndexOf(epochs);
        if (index < 0)
            return this;
        var entry = (value ?? double.PositiveInfinity, trial);
        var rung = Ladder[index] with { Results = Ladder[index].Results.Add(entry) };
        var mayGoOn = value is not null && !ended && index < Budgets.Length - 1;
        var next = this with { Running = Math.Max(0, Running - 1) };
        if (mayGoOn && Stopping)
            return rung.Results.IndexOf(entry) < Math.Max(1, (int)(rung.Results.Count / Factor))
                ? next with { Ladder = Ladder.SetItem(index, rung), GoingOn = GoingOn.Enqueue((trial, index)) }
                : next with { Ladder = Ladder.SetItem(index, rung) };
        return next with { Ladder = Ladder.SetItem(index, mayGoOn ? rung with { Waiting = rung.Waiting.Add(entry) } : rung) };
    }

    public IEnumerable<int> Candidates(int furtherTrials)
    {
        var candidates = GoingOn.Select(next => next.Trial).ToList();
        var results = furtherTrials + Running + Ladder[0].Results.Count; // at most so many will there be
        for (var i = 0; i < Budgets.Length - 1; i++)
        {
            // New results come before some that wait, never move one forward; and the best is kept, should none be trained in full.
            var promotions = Math.Max(1, (int)(results / Factor) - Ladder[i].Promoted);
            candidates.AddRange(Ladder[i].Waiting.Take(promotions).Select(result => result.Trial));
            results = Math.Max(Ladder[i + 1].Results.Count, (int)(results / Factor)) + Running;
        }

        return candidates;
    }

    public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart)
    {
        if (!GoingOn.IsEmpty)
        {
            var rest = GoingOn.Dequeue(out var first);
            return (Onwards(first.Trial, first.Rung), this with { GoingOn = rest, Running = Running + 1 });
        }

        for (var i = Budgets.Length - 2; i >= 0; i--)
        {
            var enough = i > 0 || !mayStart || Ladder[i].Results.Count >= Factor * Factor;
            if (enough && !Ladder[i].Waiting.IsEmpty && MayPromote(i))
                return Promote(i);
        }

        if (mayStart)
            return (new ScheduleDecision.Start(Budgets[0]), Begun());
        if (Running == 0 && !HasFinished)
        {
            for (var i = Budgets.Length - 2; i >= 0; i--)
            {
                if (!Ladder[i].Waiting.IsEmpty)
                    return Promote(i);
            }
        }

        return (new ScheduleDecision.Wait(), this);
    }

    /// <summary>Whether fewer than 1/η of a rung's results were promoted.</summary>
    public bool MayPromote(int index) => Ladder[index].Promoted < (int)(Ladder[index].Results.Count / Factor);

    /// <summary>The state in which one more job is under way.</summary>
    public AshaState Begun() => this with { Running = Running + 1 };

    /// <summary>The state in which a waiting trial goes on.</summary>
    public AshaState Promoted(int index, (double Value, int Trial) waiting)
    {
        var rung = Ladder[index] with { Waiting = Ladder[index].Waiting.Remove(waiting), Promoted = Ladder[index].Promoted + 1 };
        return Begun() with { Ladder = Ladder.SetItem(index, rung) };
    }

    /// <summary>The decision that sends a trial on from a rung to the next.</summary>
    public ScheduleDecision.Continue Onwards(int trial, int index) => new(trial, Budgets[index], Budgets[index + 1]);

    private (ScheduleDecision Decision, IScheduleState Next) Promote(int index)
    {
        var best = Ladder[index].Waiting.Min;
        return (Onwards(best.Trial, index), Promoted(index, best));
    }

    /// <summary>The results at one budget.</summary>
    internal sealed record Rung(
        ImmutableSortedSet<(double Value, int Trial)> Results, ImmutableSortedSet<(double Value, int Trial)> Waiting)
    {
        public static Rung Empty { get; } = new([], []);

        /// <summary>How many results were promoted.</summary>
        public int Promoted { get; init; }
    }
}
