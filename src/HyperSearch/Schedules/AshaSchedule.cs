using HyperSearch.Numerics;

namespace HyperSearch.Schedules;

/// <summary>
/// Asynchronous successive halving (<c>asha</c>): many trials get few epochs, the best 1/η of each rung go on from their checkpoint, nobody
/// waits for anybody.
/// </summary>
/// <remarks>
/// <para>Rungs are the full budget divided by η again and again, rounded, down to <see cref="MinEpochs"/>. A free slot looks from the
/// highest rung down for one with n results of which fewer than ⌊n/η⌋ were promoted, and promotes the best that is left there; otherwise a
/// new trial starts. The lowest rung waits for η² results before its first promotion.</para>
/// <para>Li et al., <see href="https://arxiv.org/abs/1810.05934">A System for Massively Parallel Hyperparameter Tuning</see>, MLSys (2020),
/// algorithm 2. Where we differ: there, every trial among the best ⌊n/η⌋ is promoted, however many were before it; a sampler that learns
/// makes most new trials the best so far, and far more than 1/η would go on. The wait gives the first promotions something to choose from.
/// When no trial may start any more and none was trained in full, the best one is.</para>
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Epochs = 27, Schedule = new AshaSchedule { MinEpochs = 3 } };
/// </code>
/// </example>
public sealed record AshaSchedule : ISchedule
{
    private readonly int _minEpochs;
    private readonly double _factor = 4;

    /// <summary>The least budget of a rung, in epochs; 0, the default, for the full budget/η².</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MinEpochs { get => _minEpochs; init => _minEpochs = Require.AtLeast(value, 0, "min_epochs"); }

    /// <summary>η: the ratio of the budgets of neighbouring rungs, and of the trials that reach them. Default 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.5.</exception>
    public double Factor { get => _factor; init => _factor = Require.AtLeast(value, 1.5, "factor"); }

    /// <summary>
    /// Whether a trial goes on at once unless it is behind the best 1/η at its rung, and otherwise ends for good, instead of waiting to be
    /// promoted. Default false.
    /// </summary>
    public bool Stopping { get; init; }

    /// <inheritdoc/>
    public IScheduleState Initial(int epochs)
    {
        var rungs = Schedules.Rungs.Of(epochs, MinEpochs, Factor);
        return AshaState.Before(rungs, Factor, Stopping);
    }
}
