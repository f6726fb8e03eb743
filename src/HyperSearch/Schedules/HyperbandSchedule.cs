using HyperSearch.Numerics;

namespace HyperSearch.Schedules;

/// <summary>
/// Hyperband (<c>hyperband</c>): rounds of successive halving that start on different rungs, from many trials with few epochs to a few
/// trials with all.
/// </summary>
/// <remarks>
/// With s + 1 rungs, round k = s, s − 1, …, 0 starts ⌈(s + 1)/(k + 1)·ηᵏ⌉ trials k rungs below the full budget; then it begins again.
/// Li et al., <see href="https://jmlr.org/papers/v18/16-558.html">Hyperband</see>, JMLR 18 (2018).
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Epochs = 27, Schedule = new HyperbandSchedule { Factor = 3 } };
/// </code>
/// </example>
public sealed record HyperbandSchedule : ISchedule
{
    private readonly int _minEpochs;
    private readonly double _factor = 4;

    /// <summary>The least budget of a rung, in epochs; 0, the default, for the full budget/η².</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MinEpochs { get => _minEpochs; init => _minEpochs = Require.AtLeast(value, 0, "min_epochs"); }

    /// <summary>η: the ratio of the budgets of neighbouring rungs, and of the trials that reach them. Default 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.5.</exception>
    public double Factor { get => _factor; init => _factor = Require.AtLeast(value, 1.5, "factor"); }

    /// <summary>How many trials each bracket of a round starts, in order; a search with fewer in all leaves brackets out.</summary>
    /// <param name="epochs">The full budget of a trial.</param>
    public IReadOnlyList<int> Brackets(int epochs)
    {
        var rungs = Rungs.Of(epochs, MinEpochs, Factor).Length;
        return [.. Enumerable.Range(0, rungs).Select(TrialsFrom)];

        int TrialsFrom(int first) => (int)Math.Ceiling(rungs / (double)(rungs - first) * Math.Pow(Factor, rungs - 1 - first));
    }

    /// <inheritdoc/>
    public IScheduleState Initial(int epochs)
    {
        var rungs = Rungs.Of(epochs, MinEpochs, Factor);
        return new BracketState(Factor, rungs, [.. Brackets(epochs).Select((trials, first) => (trials, first))], [], 0);
    }
}
