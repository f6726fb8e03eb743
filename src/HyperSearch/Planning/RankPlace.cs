namespace HyperSearch.Planning;

/// <summary>A trial's place in the order, the best first.</summary>
/// <param name="Group">How it ended.</param>
/// <param name="Block">0: it scored better than every confirmed trial, and was not confirmed itself; 1: confirmed; 2: confirmed, and a
/// repeat diverged; 3: all others.</param>
/// <param name="Cost">Its value or, where confirmed, the mean of its repeats; lower is better.</param>
/// <param name="Tie">The order among trials of equal cost.</param>
/// <param name="Trial">Its number.</param>
internal readonly record struct RankPlace(int Group, int Block, double Cost, TieBreak Tie, int Trial) : IComparable<RankPlace>
{
    /// <summary>The place of a trial.</summary>
    /// <param name="trial">Its number.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="cost">Its own score, lower is better; infinity without one.</param>
    /// <param name="confirmed">Its repeats; <c>null</c> without.</param>
    /// <param name="maximize">Whether more is better.</param>
    /// <param name="bestConfirmed">The best score among the completed trials that were confirmed, lower is better; NaN without any.</param>
    public static RankPlace Of(int trial, OutcomeState state, double cost, Confirmation? confirmed, bool maximize, double bestConfirmed) =>
        confirmed is null
        ? new RankPlace(GroupOf(state), cost < bestConfirmed ? 0 : 3, cost, default, trial)
        : new RankPlace(GroupOf(state), confirmed.Diverged == 0 ? 1 : 2, CostOf(confirmed.Mean, maximize), default, trial);

    /// <summary>A value as a cost: lower is better, infinity where it is missing or no number.</summary>
    public static double CostOf(double? value, bool maximize) => value is { } known && double.IsFinite(known)
        ? (maximize ? -known : known)
        : double.PositiveInfinity;

    /// <summary>The place among trials of the same cost; those without a value stand by number.</summary>
    public RankPlace Among(TieBreak tie) => double.IsFinite(Cost) ? this with { Tie = tie } : this;

    /// <summary>The same for trials that only <see cref="Tie"/> and <see cref="Trial"/> tell apart.</summary>
    public (int Group, int Block, double Cost) Level => (Group, Block, Cost);

    /// <inheritdoc/>
    public int CompareTo(RankPlace other)
    {
        var order = Group.CompareTo(other.Group);
        if (order == 0)
            order = Block.CompareTo(other.Block);
        if (order == 0)
            order = Cost.CompareTo(other.Cost);
        if (order == 0)
            order = Tie.CompareTo(other.Tie);
        return order == 0 ? Trial.CompareTo(other.Trial) : order;
    }

    private static int GroupOf(OutcomeState state) => state switch
    {
        OutcomeState.Completed => 0,
        OutcomeState.Stopped => 1,
        OutcomeState.TimedOut => 2,
        OutcomeState.Diverged => 3,
        _ => 4,
    };
}
