using System.Collections.Immutable;

namespace HyperSearch.Samplers;

/// <summary>A trial among the best so far.</summary>
internal sealed record ScoredTrial(int Trial, double Value, ImmutableArray<double> Position)
{
    /// <summary>
    /// Puts a trial in its place among the best; <paramref name="keep"/> of them are kept, and among equals the earlier stays ahead.
    /// </summary>
    public static ImmutableArray<ScoredTrial> Insert(ImmutableArray<ScoredTrial> best, ScoredTrial trial, int keep)
    {
        var place = best.Length;
        while (place > 0 && trial.Value < best[place - 1].Value)
            place--;
        if (place >= keep)
            return best;
        return best.Length < keep ? best.Insert(place, trial) : best.RemoveAt(keep - 1).Insert(place, trial);
    }
}
