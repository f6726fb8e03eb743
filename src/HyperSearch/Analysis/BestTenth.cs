using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>Where the best trials lie in each range: the best tenth of the trials that have a value, at least five, with every trial that
/// ties with the last of them. Where metrics are traded off, the first fronts, the whole of each: none of a front is better than
/// another.</summary>
internal sealed class BestTenth
{
    private const int FewestTrials = 15, Fewest = 5;
    private readonly Trial[] _trials;
    private readonly int _winners;

    private BestTenth(Trial[] trials, int winners) => (_trials, _winners) = (trials, winners);

    /// <summary>The best tenth of a campaign; <c>null</c> where it tells nothing: with fewer than 15 trials that have a value, and where
    /// ties make it more than half of them.</summary>
    public static BestTenth? Of(CampaignSnapshot snapshot)
    {
        RankedTrial[] ranked = [.. Ranking.Rank(snapshot.Trials, snapshot.Search).Where(entry => entry.Value is not null)];
        if (ranked.Length < FewestTrials)
            return null;
        var count = Math.Max(Fewest, ranked.Length / 10);
        count += ranked.Skip(count).TakeWhile(entry => TieWith(entry, ranked[count - 1])).Count();
        if (2 * count > ranked.Length && ranked[0].Front is null)
            return null;
        var winners = ranked.TakeWhile(entry => TieWith(entry, ranked[0])).Count();
        return new BestTenth([.. ranked.Take(count).Select(entry => entry.Trial)], winners);

        static bool TieWith(RankedTrial one, RankedTrial other) =>
            one.Front == other.Front && (one.Front is not null || one.Value == other.Value);
    }

    /// <summary>The positions of the best trials on a parameter's scale, the best first, and how many of them share the best value; empty
    /// where the parameter plays a part in fewer than five.</summary>
    public (double[] All, int Winners) Positions(Parameter parameter)
    {
        var positions = _trials.Select(PositionOf).ToArray();
        var winners = positions.Take(_winners).Count(double.IsFinite);
        positions = [.. positions.Where(double.IsFinite)];
        return positions.Length < Fewest ? ([], 0) : (positions, Math.Max(1, winners));

        double PositionOf(Trial trial) =>
            trial.Point.TryGetValue(parameter.Name, out var value) && parameter.Scale.Contains(value)
                ? parameter.Scale.PositionOf(value)
                : double.NaN;
    }

    /// <summary>Whether a condition keeps a parameter out of the winner and of most of the others, so that its range does not matter to
    /// them.</summary>
    public bool DoWithout(Parameter parameter) => !_trials[0].Point.ContainsKey(parameter.Name)
        && 2 * _trials.Count(trial => !trial.Point.ContainsKey(parameter.Name)) > _trials.Length;

    /// <summary>Whether the winner, or every trial that shares its value, and most of the others lie in the other half, so that a range
    /// widened at this end would be against the evidence.</summary>
    public bool Shun(Parameter parameter, bool high)
    {
        var (positions, winners) = Positions(parameter);
        return positions.Length > 0 && positions.Take(winners).All(IsAway) && 2 * positions.Count(IsAway) > positions.Length;

        bool IsAway(double position) => high ? position < 0.5 : position > 0.5;
    }
}
