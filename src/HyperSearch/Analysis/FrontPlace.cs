using HyperSearch.Planning;

namespace HyperSearch.Analysis;

/// <summary>What the first trial of a ranking is where several metrics are traded off.</summary>
public static class FrontPlace
{
    /// <summary>That it is one of a front, in a sentence; <c>null</c> where nothing is traded off, or it stands there alone.</summary>
    public static string? Sentence(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        if (snapshot.Search.Further.IsEmpty)
            return null;
        var ranked = Ranking.Rank(snapshot.Trials, snapshot.Search);
        var front = ranked.Count(entry => entry.Front == 1);
        return front < 2 ? null
            : $"Trial {ranked[0].Trial.Number} has the best {snapshot.Search.Metric} of the {front} trials on the front, none of which "
                + "beats another in everything: each of them is a sensible choice.";
    }
}
