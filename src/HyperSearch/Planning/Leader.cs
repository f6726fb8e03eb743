using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>One of the best trials that completed the full budget, and how far its confirmation is.</summary>
/// <param name="Plan">The plan for running it again.</param>
/// <param name="Value">The value that the search saw, lower is better.</param>
internal sealed record Leader(TrialPlan Plan, double Value)
{
    /// <summary>The order among trials of the same value.</summary>
    public TieBreak Tie { get; init; }

    /// <summary>How many repeats are asked for up to the round in hand.</summary>
    public int Wanted { get; init; }

    /// <summary>Whether a person stopped the trial, so that no repeat is asked for any more.</summary>
    public bool IsStopped { get; init; }

    /// <summary>How many repeats were planned.</summary>
    public int Planned { get; init; }

    /// <summary>How many repeats have ended.</summary>
    public int Ended { get; init; }

    /// <summary>The values of the repeats, lower is better.</summary>
    public Confirmation Seen { get; init; } = new([], 0);

    /// <summary>
    /// Puts a trial in its place among the best, and keeps some of them; equals stand as in the ranking.
    /// </summary>
    public static ImmutableArray<Leader> Insert(ImmutableArray<Leader> best, Leader trial, int keep)
    {
        var place = best.Length;
        while (place > 0 && trial.Place.CompareTo(best[place - 1].Place) < 0)
            place--;
        if (place >= keep)
            return best;
        var longer = best.Insert(place, trial);
        return longer.Length > keep ? longer.RemoveAt(keep) : longer;
    }

    private (double Value, TieBreak Tie, int Trial) Place => (Value, Tie, Plan.Trial);
}
