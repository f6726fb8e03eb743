namespace HyperSearch.Training.Ensembles;

/// <summary>Chooses which candidates answer together, by greedy forward selection with replacement.</summary>
/// <remarks>
/// It begins with the first candidate and adds, round after round, the one whose answers bring the mean answer's cost on the held-out rows
/// down the most; a candidate may be added again and then weighs more. The least cost on the way decides how many rounds count. Ties go to
/// the candidate that stands earlier, so the result is a function of its input. Source: Caruana, Niculescu-Mizil, Crew and Ksikes, Ensemble
/// Selection from Libraries of Models, ICML (2004).
/// </remarks>
public static class EnsembleSelection
{
    /// <summary>The rounds that the paper's experiments and ours (`recipe`) took: more change nothing on small tables.</summary>
    public const int DefaultRounds = 25;

    /// <summary>How often each candidate was added; at least one was.</summary>
    /// <param name="candidates">The answers of each candidate on the held-out rows, the best candidate first.</param>
    /// <param name="truth">The right answers for those rows.</param>
    /// <param name="rows">The rows that count.</param>
    /// <param name="rounds">The largest sum of the counts, from 1.</param>
    /// <exception cref="ArgumentException">There is no candidate.</exception>
    public static int[] Choose(IReadOnlyList<float[]> candidates, HeldOutTruth truth, ReadOnlySpan<int> rows, int rounds = DefaultRounds)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(truth);
        ArgumentOutOfRangeException.ThrowIfLessThan(rounds, 1);
        if (candidates.Count == 0)
            throw new ArgumentException("An ensemble is chosen among at least one candidate.", nameof(candidates));
        var counts = new int[candidates.Count];
        var sum = new double[candidates[0].Length];
        Add(sum, candidates[0]);
        counts[0] = 1;
        var (best, least) = ((int[])counts.Clone(), truth.Cost(sum, 1, rows));
        for (var size = 2; size <= rounds; size++)
        {
            var (chosen, cost) = (0, double.PositiveInfinity);
            for (var c = 0; c < candidates.Count; c++)
            {
                var with = truth.Cost(sum, candidates[c], size, rows);
                if (with < cost)
                    (chosen, cost) = (c, with);
            }

            Add(sum, candidates[chosen]);
            counts[chosen]++;
            if (cost < least)
                (best, least) = ((int[])counts.Clone(), cost);
        }

        return best;
    }

    /// <summary>The mean answer of candidates by how often each was chosen.</summary>
    /// <param name="candidates">The answers of each candidate.</param>
    /// <param name="counts">How often each was chosen; one at least is positive.</param>
    public static float[] Mean(IReadOnlyList<float[]> candidates, IReadOnlyList<int> counts)
    {
        ArgumentNullException.ThrowIfNull(candidates);
        ArgumentNullException.ThrowIfNull(counts);
        var sum = new double[candidates[0].Length];
        for (var c = 0; c < candidates.Count; c++)
        {
            for (var i = 0; i < sum.Length && counts[c] > 0; i++)
                sum[i] += (double)counts[c] * candidates[c][i];
        }

        double size = counts.Sum();
        return [.. sum.Select(total => (float)(total / size))];
    }

    private static void Add(double[] sum, float[] answers)
    {
        for (var i = 0; i < sum.Length; i++)
            sum[i] += answers[i];
    }
}
