using System.Collections.Immutable;

namespace HyperSearch.Schedules;

/// <summary>Rounds of successive halving, one after the other; the shapes (trials, first rung) repeat in turn.</summary>
internal sealed record BracketState(
    double Factor,
    ImmutableArray<int> Budgets,
    ImmutableArray<(int Trials, int First)> Shapes,
    ImmutableArray<BracketState.Bracket> Open,
    int Opened)
    : IScheduleState
{
    public IReadOnlyList<int> Rungs => Budgets;

    public IScheduleState Observe(JobResult result)
    {
        var index = Open.IndexOf(Open.FirstOrDefault(bracket => bracket.Running.Contains(result.Trial))!);
        return index < 0 ? this : (this with { Open = Open.SetItem(index, Open[index].After(result)) }).Halved(index);
    }

    public IEnumerable<int> Candidates(int furtherTrials) =>
        Open.SelectMany(bracket => bracket.Results.Where(result => result.MayGoOn).Select(result => result.Trial).Concat(bracket.Promoted));

    public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart)
    {
        var state = mayStart ? this : Closed();
        for (var i = 0; i < state.Open.Length; i++)
        {
            if (!state.Open[i].Promoted.IsEmpty)
            {
                var rest = state.Open[i].Promoted.Dequeue(out var promoted);
                var bracket = state.Open[i] with { Promoted = rest, Running = state.Open[i].Running.Add(promoted) };
                var onwards = new ScheduleDecision.Continue(promoted, Budgets[bracket.Rung - 1], Budgets[bracket.Rung]);
                return (onwards, state with { Open = state.Open.SetItem(i, bracket) });
            }
        }

        if (!mayStart)
            return (new ScheduleDecision.Wait(), state);
        if (state.Open.IsEmpty || state.Open[^1].ToStart == 0)
        {
            var (trials, first) = Shapes[Opened % Shapes.Length];
            state = state with { Open = state.Open.Add(new Bracket(first, trials)), Opened = Opened + 1 };
        }

        var last = state.Open[^1];
        var next = last with { ToStart = last.ToStart - 1, Running = last.Running.Add(trial) };
        return (new ScheduleDecision.Start(Budgets[last.Rung]), state with { Open = state.Open.SetItem(state.Open.Length - 1, next) });
    }

    /// <summary>No more trials come: a round goes on with those it has.</summary>
    private BracketState Closed()
    {
        if (Open.IsEmpty || Open[^1].ToStart == 0)
            return this;
        return (this with { Open = Open.SetItem(Open.Length - 1, Open[^1] with { ToStart = 0 }) }).Halved(Open.Length - 1);
    }

    /// <summary>Sends the best 1/η of a round on once all its trials have ended on this rung.</summary>
    private BracketState Halved(int index)
    {
        var bracket = Open[index];
        if (bracket.ToStart > 0 || !bracket.Running.IsEmpty || !bracket.Promoted.IsEmpty)
            return this;
        var keep = Math.Max(1, (int)(bracket.Results.Count / Factor));
        var best = bracket.Results.Where(result => result.MayGoOn).Take(keep).Select(result => result.Trial).ToList();
        if (bracket.Rung == Budgets.Length - 1 || best.Count == 0)
            return this with { Open = Open.RemoveAt(index) };
        return this with { Open = Open.SetItem(index, new Bracket(bracket.Rung + 1, 0) { Promoted = [.. best] }) };
    }

    /// <summary>One round on one rung.</summary>
    /// <param name="Rung">Which rung.</param>
    /// <param name="ToStart">How many trials are still to start.</param>
    internal sealed record Bracket(int Rung, int ToStart)
    {
        public ImmutableHashSet<int> Running { get; init; } = [];

        public ImmutableQueue<int> Promoted { get; init; } = [];

        public ImmutableSortedSet<(double Value, int Trial, bool MayGoOn)> Results { get; init; } = [];

        public Bracket After(JobResult result) => this with
        {
            Running = Running.Remove(result.Trial),
            Results = Results.Add((result.Value ?? double.PositiveInfinity, result.Trial, result.Value is not null && !result.Ended)),
        };
    }
}
