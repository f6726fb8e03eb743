using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>Where the best trials lie in each range: the best tenth of those that have a value, at least five.</summary>
internal sealed class Leaders
{
    private const int FewestTrials = 15, Fewest = 5;
    private readonly Trial[] _trials;

    private Leaders(Trial[] trials) => _trials = trials;

    /// <summary>The leaders of a campaign; <c>null</c> with fewer than 15 trials that have a value, for they tell nothing.</summary>
    public static Leaders? Of(CampaignSnapshot snapshot)
    {
        var ranked = Ranking.Rank(snapshot.Trials, snapshot.Search.Maximize).Where(entry => entry.Value is not null).Select(entry => entry.Trial).ToArray();
        return ranked.Length < FewestTrials ? null : new Leaders(ranked[..Math.Max(Fewest, ranked.Length / 10)]);
    }

    /// <summary>Their positions on a parameter's scale, the best first; empty where it plays a part in fewer than five of them.</summary>
    public double[] Positions(Parameter parameter)
    {
        var positions = _trials.Select(trial => trial.Point.TryGetValue(parameter.Name, out var value) && parameter.Scale.Contains(value) ? parameter.Scale.PositionOf(value) : double.NaN)
            .Where(double.IsFinite).ToArray();
        return positions.Length < Fewest ? [] : positions;
    }

    /// <summary>Whether the winner and most of the others lie in the other half, so that a range widened at this end would be against the evidence.</summary>
    public bool Shun(Parameter parameter, bool high)
    {
        var positions = Positions(parameter);
        return positions.Length > 0 && IsAway(positions[0]) && 2 * positions.Count(IsAway) > positions.Length;

        bool IsAway(double position) => high ? position < 0.5 : position > 0.5;
    }
}
