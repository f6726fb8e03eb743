using System.Collections.Immutable;

namespace HyperSearch.Samplers.MultiFidelity;

/// <summary>A result at one rung.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Position">Its point.</param>
/// <param name="Rung">The rung, from 0.</param>
/// <param name="Value">The value there, lower is better; +∞ without one.</param>
internal sealed record FidelityResult(int Trial, ImmutableArray<double> Position, int Rung, double Value);

/// <summary>The results of all rungs as a model likes them: comparable between rungs, and few enough.</summary>
internal static class FidelityResults
{
    private const int FewestPairs = 2;

    /// <summary>
    /// The typical way from each rung to the full budget: sums of the median differences between the results of the same trial on
    /// neighbouring rungs.
    /// </summary>
    public static double[] Shifts(IReadOnlyList<FidelityResult> results, int rungs)
    {
        var shifts = new double[rungs];
        var byTrial = results.Where(result => double.IsFinite(result.Value)).ToLookup(result => result.Trial);
        for (var rung = rungs - 2; rung >= 0; rung--)
        {
            var differences = new List<double>();
            foreach (var trial in byTrial)
            {
                double? below = null, above = null;
                foreach (var result in trial)
                    (below, above) = (result.Rung == rung ? result.Value : below, result.Rung == rung + 1 ? result.Value : above);
                if (above - below is { } difference)
                    differences.Add(difference);
            }

            differences.Sort();
            var count = differences.Count;
            shifts[rung] = shifts[rung + 1]
                + (count < FewestPairs ? 0 : 0.5 * (differences[(count - 1) / 2] + differences[count / 2]));
        }

        return shifts;
    }

    /// <summary>
    /// All results while they are at most so many; else of each trial the one on its highest rung: the best finished ones for up to half of
    /// the places, the best others for two thirds of the rest, and an even sample of what is left.
    /// </summary>
    public static IReadOnlyList<FidelityResult> Most(IReadOnlyList<FidelityResult> results, double[] shifts, int most)
    {
        if (results.Count <= most)
            return results;
        var highest = new SortedDictionary<int, FidelityResult>();
        foreach (var result in results)
        {
            if (!highest.TryGetValue(result.Trial, out var other) || other.Rung < result.Rung)
                highest[result.Trial] = result;
        }

        var ranked = highest.Values.OrderBy(result => result.Value + shifts[result.Rung]).ThenBy(result => result.Trial).ToList();
        var kept = ranked.Where(result => result.Rung == shifts.Length - 1).Take(most / 2).ToHashSet();
        var others = ranked.Where(result => !kept.Contains(result)).ToList();
        var best = Math.Min(others.Count, (most - kept.Count) * 2 / 3);
        kept.UnionWith(others.Take(best));
        var (left, places) = (others.Count - best, Math.Min(most - kept.Count, others.Count - best));
        for (var i = 0; i < places; i++)
            kept.Add(others[best + (places == 1 ? 0 : i * (left - 1) / (places - 1))]);
        return [.. highest.Values.Where(kept.Contains)];
    }
}
