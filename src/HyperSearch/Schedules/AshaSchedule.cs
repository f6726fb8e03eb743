using System.Collections.Immutable;
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
        return new State(Factor, Stopping, rungs, [.. rungs.Select(_ => Rung.Empty)], [], 0);
    }

    /// <summary>The results at one budget.</summary>
    private sealed record Rung(ImmutableSortedSet<(double Value, int Trial)> Results, ImmutableSortedSet<(double Value, int Trial)> Waiting)
    {
        public static Rung Empty { get; } = new([], []);

        /// <summary>How many results were promoted.</summary>
        public int Promoted { get; init; }
    }

    private sealed record State(
        double Factor,
        bool Stopping,
        ImmutableArray<int> Budgets,
        ImmutableArray<Rung> Ladder,
        ImmutableQueue<(int Trial, int Rung)> GoingOn,
        int Running)
        : IScheduleState
    {
        public IReadOnlyList<int> Rungs => Budgets;

        public IScheduleState Observe(JobResult result)
        {
            var index = Budgets.IndexOf(result.Epochs);
            if (index < 0)
                return this;
            var entry = (result.Value ?? double.PositiveInfinity, result.Trial);
            var rung = Ladder[index] with { Results = Ladder[index].Results.Add(entry) };
            var mayGoOn = result.Value is not null && !result.Ended && index < Budgets.Length - 1;
            var next = this with { Running = Math.Max(0, Running - 1) };
            if (mayGoOn && Stopping)
                return rung.Results.IndexOf(entry) < Math.Max(1, (int)(rung.Results.Count / Factor))
                    ? next with { Ladder = Ladder.SetItem(index, rung), GoingOn = GoingOn.Enqueue((result.Trial, index)) }
                    : next with { Ladder = Ladder.SetItem(index, rung) };
            return next with { Ladder = Ladder.SetItem(index, mayGoOn ? rung with { Waiting = rung.Waiting.Add(entry) } : rung) };
        }

        public IEnumerable<int> Candidates(int furtherTrials)
        {
            var candidates = GoingOn.Select(next => next.Trial).ToList();
            var results = furtherTrials + Running + Ladder[0].Results.Count; // at most so many will there be
            for (var i = 0; i < Budgets.Length - 1; i++)
            {
                // New results come before some that wait, never move one forward; and the best is kept, should none be trained in full.
                var promotions = Math.Max(1, (int)(results / Factor) - Ladder[i].Promoted);
                candidates.AddRange(Ladder[i].Waiting.Take(promotions).Select(result => result.Trial));
                results = Math.Max(Ladder[i + 1].Results.Count, (int)(results / Factor)) + Running;
            }

            return candidates;
        }

        public (ScheduleDecision Decision, IScheduleState Next) Next(int trial, bool mayStart)
        {
            if (!GoingOn.IsEmpty)
            {
                var rest = GoingOn.Dequeue(out var first);
                return (Onwards(first.Trial, first.Rung), this with { GoingOn = rest, Running = Running + 1 });
            }

            for (var i = Budgets.Length - 2; i >= 0; i--)
            {
                var results = Ladder[i].Results.Count;
                var enough = i > 0 || !mayStart || results >= Factor * Factor;
                if (enough && !Ladder[i].Waiting.IsEmpty && Ladder[i].Promoted < (int)(results / Factor))
                    return Promote(i);
            }

            if (mayStart)
                return (new ScheduleDecision.Start(Budgets[0]), this with { Running = Running + 1 });
            if (Running == 0 && !Ladder[^1].Results.Any(result => double.IsFinite(result.Value)))
            {
                for (var i = Budgets.Length - 2; i >= 0; i--)
                {
                    if (!Ladder[i].Waiting.IsEmpty)
                        return Promote(i);
                }
            }

            return (new ScheduleDecision.Wait(), this);
        }

        private (ScheduleDecision Decision, IScheduleState Next) Promote(int index)
        {
            var best = Ladder[index].Waiting.Min;
            var rung = Ladder[index] with { Waiting = Ladder[index].Waiting.Remove(best), Promoted = Ladder[index].Promoted + 1 };
            return (Onwards(best.Trial, index), this with { Ladder = Ladder.SetItem(index, rung), Running = Running + 1 });
        }

        private ScheduleDecision.Continue Onwards(int trial, int index) => new(trial, Budgets[index], Budgets[index + 1]);
    }
}
