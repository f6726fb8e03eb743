using HyperSearch.Numerics;

namespace HyperSearch.Schedules;

/// <summary>
/// Freeze-thaw (<c>freeze_thaw</c>): trials get few epochs and pause; a model of all their results decides which of them goes on, or
/// whether a new trial is worth more.
/// </summary>
/// <remarks>
/// <para>Rungs are the full budget divided by η again and again, rounded, down to <see cref="MinEpochs"/>. For a free slot every paused
/// trial and the best new point are compared by log EI − ½·log(epochs still missing), EI the improvement expected at the full budget by
/// one Gaussian process over points and epochs (see <c>multi_fidelity_gp</c>); the first of them goes on to its next rung. So the order of
/// trials may change on the way, where successive halving promotes by rank alone.</para>
/// <para>As many trials go on as with <c>asha</c> at least: where it would promote one, the model only chooses which. New trials alone,
/// each a promise until it is tried, would leave too few that are finished.</para>
/// <para>Until <see cref="Guard"/> full trainings' worth of epochs are spent, <c>asha</c> decides: a model of few results would start too
/// few trials. A trial that diverged or failed never goes on. The 50 best trials on each rung stay paused, the others are given up.
/// When no trial may start any more, trials go on while fewer than 1/η of a rung were promoted, and until one was trained in full.</para>
/// <para>The model proposes the points too, where the sampler is <c>coarse_to_fine</c>, <c>gp</c> or <c>auto</c>; the points of another
/// sampler are compared as they come. Swersky, Snoek and Adams,
/// <see href="https://arxiv.org/abs/1406.3896">Freeze-Thaw Bayesian Optimization</see> (2014).</para>
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Epochs = 27, Schedule = new FreezeThawSchedule { MinEpochs = 3 } };
/// </code>
/// </example>
public sealed record FreezeThawSchedule : ISchedule
{
    private readonly int _minEpochs;
    private readonly double _factor = 3, _guard = 5;

    /// <summary>The least budget of a rung, in epochs; 0, the default, for the full budget/η².</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MinEpochs { get => _minEpochs; init => _minEpochs = Require.AtLeast(value, 0, "min_epochs"); }

    /// <summary>η: the ratio of the budgets of neighbouring rungs. Default 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Less than 1.5.</exception>
    public double Factor { get => _factor; init => _factor = Require.AtLeast(value, 1.5, "factor"); }

    /// <summary>For how many full trainings' worth of epochs <c>asha</c> decides first. Default 5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public double Guard { get => _guard; init => _guard = Require.AtLeast(value, 0, "guard"); }

    bool ISchedule.ComparesByModel => true;

    /// <inheritdoc/>
    public IScheduleState Initial(int epochs)
    {
        var rungs = Rungs.Of(epochs, MinEpochs, Factor);
        return new FreezeThawState(AshaState.Before(rungs, Factor, stopping: false), Guard * epochs, 0);
    }
}
