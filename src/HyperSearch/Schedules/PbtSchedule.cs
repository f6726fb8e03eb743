using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Schedules;

/// <summary>
/// Population based training (<c>pbt</c>): trials train side by side; every few epochs the worst give way to copies of the best, which go
/// on from their checkpoints with hyperparameters that are changed a little.
/// </summary>
/// <remarks>
/// <para>A population of n trials trains for <see cref="StepEpochs"/>. When all of them have come so far, the last ⌊n·quantile⌋, at least
/// one, and those that cannot go on give way to as many new trials (<em>exploit</em>): the best of the population in turn are copied, each
/// with its checkpoint and its configuration changed by <see cref="Factor"/> and <see cref="Resample"/> (<em>explore</em>). The others go
/// on as they are. So it goes until the full budget; then another population begins while trials are left. A copy counts as a trial:
/// when none is left, trials go on without giving way. A network's hyperparameters are then a schedule: those of its ancestors, one
/// stretch after the other.</para>
/// <para>Jaderberg et al., <see href="https://arxiv.org/abs/1711.09846">Population Based Training of Neural Networks</see> (2017), with
/// truncation selection. Where we differ: there, every member is compared whenever it is ready, with whatever the others have reached;
/// here all are compared after the same epochs, so that the decision is the same on any number of workers. The best are copied in turn
/// instead of by chance, so that none is left out.</para>
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Epochs = 30, Schedule = new PbtSchedule { Population = 16, StepEpochs = 3 } };
/// </code>
/// </example>
public sealed record PbtSchedule : ISchedule
{
    /// <summary>How many steps the full budget is cut into where nobody says.</summary>
    private const int Steps = 10;

    /// <summary>The trials that are counted on where nobody says how many there will be.</summary>
    private const int UsualTrials = 100;

    private readonly int _population, _stepEpochs;
    private readonly double _quantile = 0.25, _factor = 1.2, _resample = 0.25;
    private readonly ImmutableArray<string> _keep = [];

    /// <summary>How many trials train side by side; 0, the default, for as many as use up all trials in one population.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Population { get => _population; init => _population = Require.AtLeast(value, 0, "population"); }

    /// <summary>Epochs from one comparison to the next; 0, the default, for a tenth of the full budget, rounded up.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int StepEpochs { get => _stepEpochs; init => _stepEpochs = Require.AtLeast(value, 0, "step_epochs"); }

    /// <summary>The share of the population that gives way at a step, and of the best that are copied. Default 0.25.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not above 0, or more than 0.5.</exception>
    public double Quantile
    {
        get => _quantile;
        init => _quantile = Require.AtMost(Require.Above(value, 0, "quantile"), 0.5, "quantile");
    }

    /// <summary>
    /// How far a copy steps from its original: a value on a log scale is multiplied or divided by it, any other moves by (factor − 1)/2 of
    /// its range, one of a list of numbers to a neighbour at least. Default 1.2.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not greater than 1.</exception>
    public double Factor { get => _factor; init => _factor = Require.Above(value, 1, "factor"); }

    /// <summary>The probability with which a copy draws a value anew instead; a choice changes in no other way. Default 0.25.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not from 0 to 1.</exception>
    public double Resample { get => _resample; init => _resample = Require.Share(value, "resample"); }

    /// <summary>
    /// The parameters that a copy takes over as they are, because a checkpoint fits no other value, such as the units of a layer. What
    /// shapes a network of the built-in trainer need not be named. Default [].
    /// </summary>
    /// <exception cref="ArgumentException">It is a default array.</exception>
    public ImmutableArray<string> Keep
    {
        get => _keep;
        init => _keep = !value.IsDefault ? value : throw new ArgumentException("keep is a default array. Use [] for none.", nameof(Keep));
    }

    /// <inheritdoc/>
    public IScheduleState Initial(int epochs) => Initial(epochs, UsualTrials);

    /// <inheritdoc/>
    public IScheduleState Initial(int epochs, int trials)
    {
        Require.AtLeast(epochs, 1, "epochs");
        var step = Require.AtMost(StepEpochs > 0 ? StepEpochs : (epochs + Steps - 1) / Steps, epochs, "step_epochs");
        ImmutableArray<int> budgets = [.. Enumerable.Range(1, (epochs - 1) / step).Select(number => number * step), epochs];
        var population = PopulationOf(trials, budgets.Length - 1);
        var spare = Population > 0 ? 0 : (int)Math.Max(0, trials - Cost(population, budgets.Length - 1));
        return new PbtState(budgets, population, Quantile, spare, new Perturbation(Factor, Resample) { Keep = Keep });
    }

    /// <inheritdoc/>
    public bool Equals(PbtSchedule? other) =>
        other is not null && (Population, StepEpochs, Quantile, Factor, Resample)
            == (other.Population, other.StepEpochs, other.Quantile, other.Factor, other.Resample) && Keep.SequenceEqual(other.Keep);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Population, StepEpochs, Quantile, Factor, Resample, Keep.Length);

    /// <summary>How many of a population give way at a step where all can go on.</summary>
    internal static int GivingWay(int population, double quantile) =>
        population < 2 ? 0 : Math.Max(1, (int)(population * quantile));

    /// <summary>How many trials train side by side.</summary>
    /// <param name="trials">How many trials are planned.</param>
    /// <param name="comparisons">How often the population is compared.</param>
    internal int PopulationOf(int trials, int comparisons)
    {
        if (Population > 0)
            return Population;
        var (least, most) = (1, trials);
        while (least < most)
        {
            var middle = least + (most - least + 1) / 2;
            (least, most) = Cost(middle, comparisons) <= trials ? (middle, most) : (least, middle - 1);
        }

        return least > 1 ? least : (trials + 1) / 2; // of so few trials none is left before the last step
    }

    /// <summary>How many trials a population takes where none fails.</summary>
    private long Cost(int population, int comparisons) => population + (long)GivingWay(population, Quantile) * comparisons;
}
