using System.Collections.Concurrent;
using System.Collections.Immutable;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>A trial as readers see it: its jobs' outcomes, folded.</summary>
public sealed record Trial
{
    private static readonly ConcurrentDictionary<(int Epochs, int FullBudget), string> NotPromotedBeyond = new();
    private static readonly Trial Empty = new() { Number = 0, Point = null!, Origin = null!, State = OutcomeState.Completed };

    /// <summary>Numbered from 0 in the order proposed.</summary>
    public required int Number { get; init; }

    /// <summary>The configuration.</summary>
    public required Point Point { get => Told.Point; init => Told = Told with { Point = value }; }

    /// <summary>How it was proposed.</summary>
    public required Origin Origin { get => Told.Origin; init => Told = Told with { Origin = value }; }

    /// <summary>How it ended, so far.</summary>
    public required OutcomeState State { get; init; }

    /// <summary>The value of its furthest job; <c>null</c> unless that completed or stopped.</summary>
    public double? Value { get => Told.Value; init => Told = Told with { Value = value }; }

    /// <summary>The metrics of its furthest job.</summary>
    public ImmutableSortedDictionary<string, double> Metrics { get => Told.Metrics; init => Told = Told with { Metrics = value }; }

    /// <summary>The same, without making a dictionary.</summary>
    internal NamedMetrics Measured => Told.Measured;

    /// <summary>All its measurements.</summary>
    public LearningCurve Curve { get; init; } = LearningCurve.Empty;

    /// <summary>Epochs trained in all.</summary>
    public int Epochs { get => Told.Epochs; init => Told = Told with { Epochs = value }; }

    /// <summary>Wall time of all its jobs, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>Why it ended as it did; <c>null</c> when completed.</summary>
    public string? Reason { get; init; }

    /// <summary>The exception of an objective in code that failed, with its stack, as text; <c>null</c> for every other trial.</summary>
    public string? Error => Jobs.IsEmpty ? null : Jobs[^1].Error;

    /// <summary>What each dev row adds to its metric, for the best trials; <c>null</c> where that is not known.</summary>
    public RowErrors? RowErrors => Jobs.IsEmpty ? null : Jobs[^1].RowErrors;

    /// <summary>How large its network's signals were after its first epoch; <c>null</c> where that is not known.</summary>
    public SignalNorms? FirstSignals => Jobs.IsEmpty ? null : Jobs[0].FirstSignals;

    /// <summary>The same after its last epoch.</summary>
    public SignalNorms? LastSignals => Jobs.IsEmpty ? null : Jobs[^1].LastSignals ?? Jobs[^1].FirstSignals;

    /// <summary>How its network was trained before the trial began, where it is a copy of another trial (<c>pbt</c>): the stretches of its
    /// ancestors, the first one first. Empty where it began from nothing, and where its ancestors are not known.</summary>
    public ImmutableArray<Stretch> Past { get; init; } = [];

    /// <summary>The first of its ancestors, or itself: the trial whose seed it has.</summary>
    internal int Root => Past.IsEmpty ? Number : Past[0].Trial;

    /// <summary>Its jobs' outcomes, in the order in which the planner decided them: each goes further than the one before.</summary>
    public ImmutableArray<Outcome> Jobs { get; init; } = [];

    /// <summary>The outcomes of its repeats, by their number; they change nothing else of the trial.</summary>
    public ImmutableArray<Outcome> Repeats { get; init; } = [];

    /// <summary>The repeats that count: each ran to its end and has a value.</summary>
    internal IEnumerable<Outcome> WholeRepeats => Repeats.Where(repeat => repeat is { State: OutcomeState.Completed, Value: not null });

    /// <summary>The mean of its repeats and their spread; <c>null</c> where it was not repeated, or no repeat has a value.</summary>
    public Confirmation? Confirmed { get; init; }

    /// <summary>The value that it is ranked by: the mean of its repeats, else the one score of the search; <c>null</c> when it has
    /// neither.</summary>
    public double? RankValue => Confirmed?.Mean ?? Value;

    /// <summary>What its furthest job made of it. It is kept as one, because a large campaign has very many trials.</summary>
    private Outcome Told { get; init; } = Outcome.Nothing;

    /// <summary>Whether it has a value to be ranked by.</summary>
    public bool Succeeded => Value is not null;

    /// <summary>Folds outcomes into trials, ordered by number.</summary>
    /// <remarks>A trial is what its furthest job made of it, wherever that stands: a job that was lost and run again comes after later
    /// ones.</remarks>
    /// <param name="outcomes">In any order.</param>
    /// <param name="fullBudget">The full budget in epochs: a trial that was never sent that far counts as stopped.</param>
    public static ImmutableArray<Trial> Fold(IEnumerable<Outcome> outcomes, int fullBudget)
    {
        ArgumentNullException.ThrowIfNull(outcomes);
        return new TrialFold(fullBudget).Of(outcomes as IReadOnlyCollection<Outcome> ?? [.. outcomes]);
    }

    /// <summary>A trial's state after a job: a job that completed the epochs it was sent for, but was not sent all the way, counts as
    /// stopped.</summary>
    internal static OutcomeState StateAfter(OutcomeState job, int toEpochs, int fullBudget) =>
        job == OutcomeState.Completed && toEpochs < fullBudget ? OutcomeState.Stopped : job;

    /// <summary>A trial of one job.</summary>
    internal static Trial Of(Outcome outcome, int fullBudget) => (Empty with { Number = outcome.Trial, Told = outcome })
        .After(outcome, fullBudget);

    /// <summary>The trial with a further job.</summary>
    internal Trial With(Outcome outcome, int fullBudget)
    {
        if (Jobs[^1].Job < outcome.Job)
            return After(outcome, fullBudget);
        var anew = Jobs.Add(outcome).OrderBy(job => job.Job)
            .Aggregate((Trial?)null, (trial, job) => trial?.After(job, fullBudget) ?? Of(job, fullBudget))!;
        return anew with { Repeats = Repeats, Confirmed = Confirmed };
    }

    /// <summary>The trial with further repeats.</summary>
    internal Trial With(IEnumerable<Outcome> repeats)
    {
        ImmutableArray<Outcome> all = [.. Repeats.Concat(repeats).OrderBy(repeat => repeat.Repeat)];
        return this with
        {
            Repeats = all,
            Confirmed = Confirmation.Of(all.Select(repeat => (repeat.Repeat, repeat.State, repeat.Value))),
        };
    }

    private Trial After(Outcome outcome, int fullBudget)
    {
        var state = StateAfter(outcome.State, outcome.ToEpochs, fullBudget);
        return this with
        {
            Told = outcome.Point.Equals(Point) && outcome.Origin.Equals(Origin) ? outcome : outcome with { Point = Point, Origin = Origin },
            State = state,
            Curve = Curve.Then(outcome.Curve),
            Seconds = Seconds + outcome.Seconds,
            Reason = outcome.Reason ?? (state == outcome.State ? null : NotPromoted(outcome.ToEpochs, fullBudget)),
            Jobs = Jobs.Add(outcome),
        };
    }

    /// <summary>One string for the many trials that ended at a rung.</summary>
    private static string NotPromoted(int epochs, int fullBudget) => NotPromotedBeyond.GetOrAdd((epochs, fullBudget),
        static rung => FormattableString.Invariant($"not promoted beyond {rung.Epochs} of {rung.FullBudget} epochs"));
}
