using System.Collections.Immutable;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>A trial as readers see it: its jobs' outcomes, folded.</summary>
public sealed record Trial
{
    /// <summary>Numbered from 0 in the order proposed.</summary>
    public required int Number { get; init; }

    /// <summary>The configuration.</summary>
    public required Point Point { get; init; }

    /// <summary>How it was proposed.</summary>
    public required Origin Origin { get; init; }

    /// <summary>How it ended, so far.</summary>
    public required OutcomeState State { get; init; }

    /// <summary>The value of its furthest job; <c>null</c> unless that completed or stopped.</summary>
    public double? Value { get; init; }

    /// <summary>The metrics of its furthest job.</summary>
    public ImmutableSortedDictionary<string, double> Metrics { get; init; } = ImmutableSortedDictionary<string, double>.Empty;

    /// <summary>All its measurements.</summary>
    public LearningCurve Curve { get; init; } = LearningCurve.Empty;

    /// <summary>Epochs trained in all.</summary>
    public int Epochs { get; init; }

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
        var trials = new Dictionary<int, Trial>();
        var repeats = new List<Outcome>();
        foreach (var outcome in outcomes)
        {
            if (outcome.Repeat > 0)
                repeats.Add(outcome);
            else
                trials[outcome.Trial] = trials.TryGetValue(outcome.Trial, out var trial)
                    ? trial.With(outcome, fullBudget)
                    : Of(outcome, fullBudget);
        }

        foreach (var group in repeats.GroupBy(repeat => repeat.Trial))
        {
            if (trials.TryGetValue(group.Key, out var trial))
                trials[group.Key] = trial with
                {
                    Repeats = [.. group.OrderBy(repeat => repeat.Repeat)],
                    Confirmed = Confirmation.Of(group.Select(repeat => (repeat.Repeat, repeat.State, repeat.Value)))
                };
        }

        foreach (var copy in trials.Values.Where(trial => trial.Origin.Kind == OriginKind.Copy).OrderBy(trial => trial.Number).ToList())
        {
            if (trials.GetValueOrDefault(copy.Origin.Around[0]) is { } parent)
                trials[copy.Number] = copy with { Past = parent.Past.Add(new(parent.Number, parent.Point, copy.Jobs[0].FromEpochs)) };
        }

        return [.. trials.Values.OrderBy(trial => trial.Number)];
    }

    /// <summary>A trial's state after a job: a job that completed the epochs it was sent for, but was not sent all the way, counts as
    /// stopped.</summary>
    internal static OutcomeState StateAfter(OutcomeState job, int toEpochs, int fullBudget) =>
        job == OutcomeState.Completed && toEpochs < fullBudget ? OutcomeState.Stopped : job;

    private static Trial Of(Outcome outcome, int fullBudget) => new Trial
    {
        Number = outcome.Trial,
        Point = outcome.Point,
        Origin = outcome.Origin,
        State = outcome.State,
    }.After(outcome, fullBudget);

    private Trial With(Outcome outcome, int fullBudget) => Jobs[^1].Job < outcome.Job
        ? After(outcome, fullBudget)
        : Jobs.Add(outcome).OrderBy(job => job.Job)
            .Aggregate((Trial?)null, (trial, job) => trial?.After(job, fullBudget) ?? Of(job, fullBudget))!;

    private Trial After(Outcome outcome, int fullBudget)
    {
        var state = StateAfter(outcome.State, outcome.ToEpochs, fullBudget);
        var halted = state != outcome.State;
        return this with
        {
            State = state,
            Value = outcome.Value,
            Metrics = outcome.Metrics,
            Curve = Curve.Then(outcome.Curve),
            Epochs = outcome.Epochs,
            Seconds = Seconds + outcome.Seconds,
            Reason = outcome.Reason ?? (halted ? $"not promoted beyond {outcome.ToEpochs} of {fullBudget} epochs" : null),
            Jobs = Jobs.Add(outcome),
        };
    }
}
