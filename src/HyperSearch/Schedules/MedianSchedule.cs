using System.Collections.Immutable;
using HyperSearch.Numerics;

namespace HyperSearch.Schedules;

/// <summary>Ends a trial whose best value so far is behind the median of the earlier trials at the same epoch (<c>median</c>).</summary>
/// <remarks>
/// The rule is fixed when a trial is planned, from all trials that had ended by then, with the epochs that each had.
/// Golovin et al., <see href="https://research.google/pubs/pub46180/">Google Vizier</see>, KDD (2017), section 3.2.
/// Where learning curves cross, for instance where slow learning wins in the end, it ends the wrong trials: raise <see cref="MinEpochs"/>
/// or use another schedule.
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Epochs = 27, Schedule = new MedianSchedule { MinTrials = 8 } };
/// </code>
/// </example>
public sealed record MedianSchedule : ISchedule
{
    private readonly int _minEpochs, _minTrials = 5;

    /// <summary>Epochs that every trial gets; 0, the default, for a quarter of the full budget.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int MinEpochs { get => _minEpochs; init => _minEpochs = Require.AtLeast(value, 0, "min_epochs"); }

    /// <summary>How many trials must have reached an epoch before another is ended there. Default 5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int MinTrials { get => _minTrials; init => _minTrials = Require.AtLeast(value, 1, "min_trials"); }

    /// <inheritdoc/>
    public IScheduleState Initial(int epochs)
    {
        Require.AtLeast(epochs, 1, "epochs");
        var minEpochs = MinEpochs > 0 ? MinEpochs : (epochs + 3) / 4;
        return new State(epochs, minEpochs, MinTrials, [.. Enumerable.Repeat(ImmutableSortedSet<(double, int)>.Empty, epochs)]);
    }

    private sealed record State(
        int Epochs, int MinEpochs, int MinTrials, ImmutableArray<ImmutableSortedSet<(double Best, int Trial)>> BestBy)
        : IScheduleState
    {
        public IReadOnlyList<int> Rungs => [Epochs];

        public IScheduleState Observe(JobResult result)
        {
            var bestBy = BestBy.ToBuilder();
            var best = double.PositiveInfinity;
            for (var i = 0; i < Math.Min(result.Curve.Length, Epochs); i++)
            {
                best = Math.Min(best, double.IsNaN(result.Curve[i]) ? best : result.Curve[i]);
                bestBy[i] = bestBy[i].Add((best, result.Trial));
            }

            return this with { BestBy = bestBy.MoveToImmutable() };
        }

        public IEnumerable<int> Candidates(int furtherTrials) => [];

        public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart) =>
            (mayStart ? new ScheduleDecision.Start(Epochs, Rule()) : new ScheduleDecision.Wait(), this);

        private StopRule? Rule()
        {
            var peers = BestBy[Math.Min(MinEpochs, Epochs) - 1].Count;
            if (peers < MinTrials)
                return null;
            var limit = new double[Epochs];
            for (var i = 0; i < Epochs; i++)
            {
                var anything = i + 1 < MinEpochs || i + 1 == Epochs || BestBy[i].Count < MinTrials;
                limit[i] = anything ? double.PositiveInfinity : Median(BestBy[i]);
            }

            return new StopRule([.. limit], FormattableString.Invariant($"behind the median of {peers} trials"));
        }

        private static double Median(ImmutableSortedSet<(double Best, int Trial)> sorted) =>
            0.5 * (sorted[(sorted.Count - 1) / 2].Best + sorted[sorted.Count / 2].Best);
    }
}
