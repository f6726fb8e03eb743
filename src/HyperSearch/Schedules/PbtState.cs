using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Schedules;

/// <summary>A population of <see cref="PbtSchedule"/> on its way to the full budget.</summary>
/// <param name="Budgets">After how many epochs its members are compared; the last is the full budget.</param>
/// <param name="Population">How many trials it begins with.</param>
/// <param name="Quantile">The share that gives way, and the share that is copied.</param>
/// <param name="Spare">At so many steps one more gives way, because trials are left for it.</param>
/// <param name="Change">How a copy's configuration is changed.</param>
internal sealed record PbtState(ImmutableArray<int> Budgets, int Population, double Quantile, int Spare, Perturbation Change)
    : IScheduleState
{
    public IReadOnlyList<int> Rungs => Budgets;

    /// <summary>The budget that the members train to, by its place.</summary>
    private int Step { get; init; }

    /// <summary>How many members have begun.</summary>
    private int Begun { get; init; }

    /// <summary>Whether the space has no further point to begin with.</summary>
    private bool IsClosed { get; init; }

    private ImmutableHashSet<int> Running { get; init; } = [];

    private ImmutableSortedSet<Result> Results { get; init; } = [];

    /// <summary>The jobs of this step that are decided and have not begun.</summary>
    private ImmutableQueue<Move> Moves { get; init; } = [];

    private int Before => Budgets[Step - 1];

    private int Reached => Budgets[Step];

    private bool IsLast => Step == Budgets.Length - 1;

    public IScheduleState Observe(JobResult result) => !Running.Contains(result.Trial) ? this : this with
    {
        Running = Running.Remove(result.Trial),
        Results = Results.Add(new Result(
            result.Value ?? double.PositiveInfinity, result.Trial, result.Value is not null && !result.Ended)),
    };

    public IScheduleState Exhausted() => this with { IsClosed = true };

    public IEnumerable<int> Candidates(int furtherTrials)
    {
        var waiting = IsLast ? [] : Results.Where(result => result.MayGoOn).Select(result => result.Trial);
        return waiting.Concat(Moves.Where(move => move.MayGoOn).Select(move => move.Trial))
            .Concat(Moves.Select(move => move.Parent).OfType<int>());
    }

    public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart)
    {
        var state = this;
        while (true)
        {
            while (!state.Moves.IsEmpty)
            {
                state = state with { Moves = state.Moves.Dequeue(out var move) };
                if (move.Parent is { } parent && mayStart)
                {
                    var copy = new ScheduleDecision.Copy(parent, move.Trial, state.Before, state.Reached, Change, move.Why);
                    return (copy, state.With(trial));
                }

                if (move.MayGoOn)
                    return (new ScheduleDecision.Continue(move.Trial, state.Before, state.Reached), state.With(move.Trial));
            }

            if (state.Step == 0 && state.Begun < Population && mayStart && !state.IsClosed)
                return (new ScheduleDecision.Start(Budgets[0]), state.With(trial) with { Begun = state.Begun + 1 });
            if (!state.Running.IsEmpty || state.Results.IsEmpty)
                return (new ScheduleDecision.Wait(), state);
            state = state.Compared();
        }
    }

    private PbtState With(int trial) => this with { Running = Running.Add(trial) };

    /// <summary>All members have come to the end of a step: who gives way to a copy of whom, and who goes on.</summary>
    private PbtState Compared()
    {
        Result[] members = [.. Results];
        Result[] able = [.. members.Where(member => member.MayGoOn)];
        if (IsLast || able.Length == 0)
            return this with { Step = 0, Begun = 0, Results = [] };
        var wanted = PbtSchedule.GivingWay(members.Length, Quantile) + (Step < Spare && members.Length > 1 ? 1 : 0);
        Result[] best = [.. able.Take(Math.Max(1, PbtSchedule.GivingWay(members.Length, Quantile)))];
        var unable = members.Where(member => !member.MayGoOn);
        var worst = able.Skip(best.Length).Reverse().Take(Math.Max(0, wanted - (members.Length - able.Length)));
        Result[] givingWay = [.. unable, .. worst]; // those that cannot go on first, should trials run out
        var copies = givingWay.Select((member, number) => Copy(member, best[number % best.Length]));
        var others = able.Except(givingWay).Select(member => new Move(member.Trial, MayGoOn: true));
        return this with { Step = Step + 1, Results = [], Moves = [.. copies, .. others] };

        // Copies come before the originals go on, so that a checkpoint is copied as it was compared.
        Move Copy(Result from, Result to) => new(from.Trial, from.MayGoOn, to.Trial,
            $"after {Counted.Of(Budgets[Step], "epoch")} "
            + FormattableString.Invariant($"trial {from.Trial} {Stood(from)} and trial {to.Trial} had place {Place(to)}"));

        int Place(Result member) => 1 + Array.IndexOf(members, member);

        string Stood(Result member) => member.MayGoOn || double.IsFinite(member.Value)
            ? FormattableString.Invariant($"had place {Place(member)} of {members.Length}{(member.MayGoOn ? "" : " and was over")}")
            : FormattableString.Invariant($"of the {members.Length} had no value");
    }

    /// <summary>A member at the end of a step; the lowest value comes first.</summary>
    private readonly record struct Result(double Value, int Trial, bool MayGoOn) : IComparable<Result>
    {
        public int CompareTo(Result other) => (Value, Trial).CompareTo((other.Value, other.Trial));
    }

    /// <summary>How the next step of a member begins.</summary>
    /// <param name="Trial">The member.</param>
    /// <param name="MayGoOn">Whether it can go on itself.</param>
    /// <param name="Parent">Where it gives way: the member that is copied.</param>
    /// <param name="Why">Where it gives way: the reason.</param>
    private readonly record struct Move(int Trial, bool MayGoOn, int? Parent = null, string Why = "");
}
