using HyperSearch.Numerics;

namespace HyperSearch.Schedules;

/// <summary>
/// Successive halving in rounds (<c>successive_halving</c>): n trials start; when all have ended at a rung, the best n/η go on from their
/// checkpoint, and so on to the full budget.
/// </summary>
/// <remarks>
/// Rungs are the full budget divided by η again and again, rounded, down to <see cref="MinEpochs"/>. While a round waits for its last
/// trials, free slots begin the next round. Jamieson and Talwalkar, <see href="https://arxiv.org/abs/1502.07943">Non-stochastic Best Arm
/// Identification and Hyperparameter Optimization</see>, AISTATS (2016).
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Epochs = 27, Schedule = new SuccessiveHalvingSchedule { Factor = 3 } };
/// </code>
/// </example>
public sealed record SuccessiveHalvingSchedule : ISchedule
{
    private readonly int _minEpochs, _trials;
    private readonly double _factor = 4;

    /// <summary>The least budget of a rung, in epochs; 0, the default, for the full budget/η².</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MinEpochs { get => _minEpochs; init => _minEpochs = Require.AtLeast(value, 0, "min_epochs"); }

    /// <summary>η: the ratio of the budgets of neighbouring rungs, and of the trials that reach them. Default 4.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.5.</exception>
    public double Factor { get => _factor; init => _factor = Require.AtLeast(value, 1.5, "factor"); }

    /// <summary>How many trials a round starts with; 0, the default, for as many as leave one trial for the full budget.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Trials { get => _trials; init => _trials = Require.AtLeast(value, 0, "trials"); }

    /// <inheritdoc/>
    public IScheduleState Initial(int epochs)
    {
        var rungs = Rungs.Of(epochs, MinEpochs, Factor);
        var trials = Trials > 0 ? Trials : (int)Math.Ceiling(Math.Pow(Factor, rungs.Length - 1));
        return new BracketState(Factor, rungs, [(trials, 0)], [], 0);
    }
}
