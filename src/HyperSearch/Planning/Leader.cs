using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>One of the best trials that completed the full budget.</summary>
/// <param name="Plan">What would run it again.</param>
/// <param name="Value">Its value, lower is better.</param>
internal sealed record Leader(TrialPlan Plan, double Value)
{
    /// <summary>Puts a trial in its place among the best, of which some are kept; among equals the earlier number is ahead, as in the ranking.</summary>
    public static ImmutableArray<Leader> Insert(ImmutableArray<Leader> best, Leader trial, int keep)
    {
        var place = best.Length;
        while (place > 0 && (trial.Value, trial.Plan.Trial).CompareTo((best[place - 1].Value, best[place - 1].Plan.Trial)) < 0)
            place--;
        if (place >= keep)
            return best;
        var longer = best.Insert(place, trial);
        return longer.Length > keep ? longer.RemoveAt(keep) : longer;
    }
}
