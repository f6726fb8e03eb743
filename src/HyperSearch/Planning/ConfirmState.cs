using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>
/// The confirmation under way: rounds of repeats, the first for every leader, the later ones for those too close to tell. Immutable.
/// </summary>
/// <param name="Plan">How many leaders are repeated how often.</param>
/// <param name="Leaders">The configurations, the best first.</param>
internal sealed record ConfirmState(Confirm Plan, ImmutableArray<Leader> Leaders)
{
    /// <summary>How many standard errors of the difference two means lie apart at least to be told from each other.</summary>
    private const double Distinct = 2;

    /// <summary>Repeats planned so far.</summary>
    public int Runs => Leaders.Sum(leader => leader.Planned);

    private bool IsRoundOver => Leaders.All(leader => leader.Ended == leader.Wanted);

    /// <summary>The first round.</summary>
    public static ConfirmState Begin(Confirm plan, ImmutableArray<Leader> leaders) =>
        new(plan, [.. leaders.Select(leader => leader with { Wanted = plan.Repeats })]);

    /// <summary>The same without further repeats of trials that people have stopped.</summary>
    public ConfirmState Without(Predicate<int> isStopped) => !Leaders.Any(leader => !leader.IsStopped && isStopped(leader.Plan.Trial))
        ? this
        : this with
        {
            Leaders = [.. Leaders.Select(leader => isStopped(leader.Plan.Trial)
                ? leader with { IsStopped = true, Wanted = leader.Planned } : leader)],
        };

    /// <summary>
    /// The next repeat, each leader's first before anyone's second; <c>null</c> while a round is awaited, and when all is done
    /// (<paramref name="over"/>).
    /// </summary>
    public (TrialPlan Trial, int Repeat)? Next(out ConfirmState after, out bool over)
    {
        after = IsRoundOver ? WithNextRound() : this;
        over = after.IsRoundOver;
        var next = after.Leaders.Where(leader => leader.Planned < leader.Wanted).MinBy(leader => leader.Planned);
        if (next is null)
            return null;
        after = after.With(next, next with { Planned = next.Planned + 1 });
        return (next.Plan, next.Planned + 1);
    }

    /// <summary>The state after a repeat has ended.</summary>
    /// <param name="trial">The leader's number.</param>
    /// <param name="value">Its value, lower is better; <c>null</c> when it has none.</param>
    /// <param name="diverged">Whether it diverged.</param>
    public ConfirmState Observe(int trial, double? value, bool diverged)
    {
        var leader = Leaders.First(leader => leader.Plan.Trial == trial);
        return With(leader, leader with
        {
            Ended = leader.Ended + 1,
            Seen = new(value is { } known ? leader.Seen.Values.Add(known) : leader.Seen.Values, leader.Seen.Diverged + (diverged ? 1 : 0)),
        });
    }

    private ConfirmState With(Leader old, Leader now) =>
        this with { Leaders = Leaders.Replace(old, now, ReferenceEqualityComparer.Instance) };

    private ConfirmState WithNextRound()
    {
        var close = Close();
        var each = close.Length < 2 ? 0 : Math.Min(Plan.Repeats, (Plan.Runs - Runs) / close.Length);
        return each == 0 ? this : this with
        {
            Leaders = [.. Leaders.Select(leader => close.Contains(leader) ? leader with { Wanted = leader.Wanted + each } : leader)],
        };
    }

    /// <summary>The leader with the best mean and the leaders that cannot be told from it; empty where the spread is unknown.</summary>
    private ImmutableArray<Leader> Close()
    {
        var sound = Leaders.Where(leader => leader is { IsStopped: false, Seen: { Diverged: 0, Values.IsEmpty: false } }).ToArray();
        var freedom = sound.Sum(leader => leader.Seen.Values.Length - 1);
        if (freedom == 0)
            return [];
        var variance = sound.Sum(leader => leader.Seen.SquaredDeviations) / freedom;
        var first = sound.MinBy(leader => leader.Seen.Mean)!;
        return [.. sound.Where(leader => leader == first || leader.Seen.Mean - first.Seen.Mean
            < Distinct * Math.Sqrt(variance * (1.0 / leader.Seen.Values.Length + 1.0 / first.Seen.Values.Length)))];
    }
}
