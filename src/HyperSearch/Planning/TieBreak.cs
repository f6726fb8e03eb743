namespace HyperSearch.Planning;

/// <summary>The order among trials of equal scores: the lower cost on the dev set, then the smaller network. An unknown figure comes
/// last.</summary>
/// <remarks>
/// Many trials reach the same error on few dev rows. The cost still says how sure the network was of each row: of 30 trials without an
/// error the one of the least cost has the widest margin.
/// </remarks>
/// <param name="DevCost">The metric <c>dev_cost</c>, lower is better.</param>
/// <param name="Parameters">The metric <c>parameters</c>, where trials report it or the search trades it off.</param>
internal readonly record struct TieBreak(double DevCost, double Parameters) : IComparable<TieBreak>
{
    /// <summary>The metric that is compared first.</summary>
    public const string Cost = "dev_cost";

    /// <summary>Reads it off the metrics of an outcome.</summary>
    public static TieBreak Of(NamedMetrics metrics) => Of(metrics.Find(Cost), metrics.Find(Goal.Parameters));

    /// <summary>Reads it off the metrics of an epoch.</summary>
    public static TieBreak Of(IReadOnlyDictionary<string, double> metrics) =>
        Of(name => metrics.TryGetValue(name, out var value) ? value : null);

    /// <summary>Reads it off metrics by name.</summary>
    public static TieBreak Of(Func<string, double?> metric) => Of(metric(Cost), metric(Goal.Parameters));

    /// <summary>That of a trial: where it was confirmed, the mean cost of its repeats, because the search's own was selected for being
    /// good.</summary>
    public static TieBreak Of(Trial trial, Confirmation? confirmed)
    {
        var own = Of(trial.Measured);
        double[] repeated = confirmed is null
            ? []
            : [.. trial.WholeRepeats.Select(repeat => Of(repeat.Measured).DevCost)];
        return repeated.Length == 0 ? own : own with { DevCost = repeated.Average() };
    }

    private static TieBreak Of(double? devCost, double? parameters) =>
        new(RankPlace.CostOf(devCost, maximize: false), RankPlace.CostOf(parameters, maximize: false));

    /// <inheritdoc/>
    public int CompareTo(TieBreak other) => (DevCost, Parameters).CompareTo((other.DevCost, other.Parameters));
}
