using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Schedules;

/// <summary>The ladder of budgets: full, full/η, full/η², … rounded, down to the least.</summary>
internal static class Rungs
{
    /// <summary>The budgets, ascending; the last is the full one.</summary>
    /// <param name="epochs">The full budget.</param>
    /// <param name="minEpochs">No budget is below it; 0 for epochs/factor².</param>
    /// <param name="factor">η, above 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The full budget is not positive, or the least is greater than it.</exception>
    public static ImmutableArray<int> Of(int epochs, int minEpochs, double factor)
    {
        Require.AtLeast(epochs, 1, "epochs");
        if (minEpochs > epochs)
        {
            var law = FormattableString.Invariant($"min_epochs is at most the full budget, here {epochs} epochs.");
            throw new ArgumentOutOfRangeException(nameof(minEpochs), minEpochs, law);
        }

        var least = minEpochs > 0 ? minEpochs : Math.Max(1, Math.Round(epochs / (factor * factor)));
        var rungs = new List<int> { epochs };
        for (var budget = epochs / factor; Math.Round(budget) is var rung && rung >= least; budget /= factor)
        {
            if (rung < rungs[^1])
                rungs.Add((int)rung);
        }

        rungs.Reverse();
        return [.. rungs];
    }
}
