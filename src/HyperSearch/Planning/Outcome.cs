using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>The outcome of one job: the fact that the journal keeps; everything else is derived from it.</summary>
public sealed record Outcome
{
    private readonly bool _hasValue; // and not a nullable double, nor a date with an offset: a large campaign has very many outcomes
    private readonly double _value;
    private readonly long _started;

    /// <summary>Makes an outcome.</summary>
    public Outcome()
    {
    }

    /// <summary>Makes one without a job, which <see cref="For"/> gives it.</summary>
    [SetsRequiredMembers]
    private Outcome(OutcomeState state) => (State, Point, Origin) = (state, null!, null!);

    /// <summary>One without a configuration, to which it is given.</summary>
    internal static Outcome Nothing { get; } = new(OutcomeState.Completed);

    /// <summary>The job's number.</summary>
    public required int Job { get; init; }

    /// <summary>The trial's number.</summary>
    public required int Trial { get; init; }

    /// <summary>0 for the search's own jobs; 1, 2, … for repeats that confirm a leader.</summary>
    public int Repeat { get; init; }

    /// <summary>The configuration.</summary>
    public required Point Point { get; init; }

    /// <summary>How the configuration was proposed.</summary>
    public required Origin Origin { get; init; }

    /// <summary>Epochs trained before this job.</summary>
    public required int FromEpochs { get; init; }

    /// <summary>Epochs that the job was planned to end at.</summary>
    public required int ToEpochs { get; init; }

    /// <summary>How it ended.</summary>
    public required OutcomeState State { get; init; }

    /// <summary>Epochs trained in all when it ended; less than planned when it stopped early.</summary>
    public int Epochs { get; init; }

    /// <summary>The metric that the search minimizes or maximizes, as measured (never negated); <c>null</c> unless completed or stopped.
    /// Always finite.</summary>
    public double? Value
    {
        get => _hasValue ? _value : null;
        init => (_hasValue, _value) = (value is not null, value.GetValueOrDefault());
    }

    /// <summary>Every metric of the last measurement. Always finite; a metric that was NaN or infinite is left out.</summary>
    public ImmutableSortedDictionary<string, double> Metrics { get => Measured.ToDictionary(); init => Measured = new(value); }

    /// <summary>The same, without making a dictionary.</summary>
    internal NamedMetrics Measured { get; init; }

    /// <summary>The measurements of this job, epoch by epoch.</summary>
    public LearningCurve Curve { get; init; } = LearningCurve.Empty;

    /// <summary>What each dev row adds to the metric; <c>null</c> unless the trial was among the best when it ended, and its objective
    /// tells it.</summary>
    public RowErrors? RowErrors { get; init; }

    /// <summary>How large the network's signals were after the first epoch of this job; <c>null</c> where that is not known.</summary>
    public SignalNorms? FirstSignals { get; init; }

    /// <summary>The same after the last epoch of this job; <c>null</c> where that is not known, or was the first.</summary>
    public SignalNorms? LastSignals { get; init; }

    /// <summary>Why it ended as it did, for people; <c>null</c> when completed.</summary>
    public string? Reason { get; init; }

    /// <summary>The exception of an objective in code that failed, with its stack, as text; <c>null</c> for every other outcome.
    /// <see cref="Reason"/> is its message.</summary>
    public string? Error { get; init; }

    /// <summary>How often it was tried; 1 when the first attempt succeeded.</summary>
    public int Attempts { get; init; } = 1;

    /// <summary>Wall time of the attempt that counted, in seconds.</summary>
    public double Seconds { get; init; }

    /// <summary>When the job started, UTC.</summary>
    public DateTimeOffset Started { get => new(_started, TimeSpan.Zero); init => _started = value.UtcTicks; }

    /// <summary>Which worker ran it, from 0.</summary>
    public int Worker { get; init; }

    /// <summary>Whether it is of its trial's first job.</summary>
    internal bool IsFirst => Repeat == 0 && FromEpochs == (Origin.Kind == OriginKind.Copy ? Origin.Rung : 0);

    /// <summary>The key of its job, which no other job of the campaign has.</summary>
    internal JobKey Key => JobKey.Of(Job, Trial, Repeat);

    /// <summary>The outcome of a job, without measurements.</summary>
    /// <param name="job">The job.</param>
    /// <param name="state">How it ended.</param>
    /// <param name="reason">Why, for people; <c>null</c> when it completed.</param>
    public static Outcome Of(Job job, OutcomeState state, string? reason = null)
    {
        ArgumentNullException.ThrowIfNull(job);
        return new Outcome(state).For(job) with { Epochs = job.FromEpochs, Reason = reason };
    }

    /// <summary>The same measurements as the outcome of a job.</summary>
    internal Outcome For(Job job) => this with
    {
        Job = job.Number,
        Trial = job.Trial,
        Repeat = job.Repeat,
        Point = job.Point,
        Origin = job.Origin,
        FromEpochs = job.FromEpochs,
        ToEpochs = job.ToEpochs,
    };
}
