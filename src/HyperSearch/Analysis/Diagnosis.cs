using System.Collections.Immutable;

namespace HyperSearch.Analysis;

/// <summary>The diagnosis of the winner, as the course makes it: avoidable bias = train − base, variance = dev − train, and what to try
/// next.</summary>
public sealed record Diagnosis
{
    /// <summary>The best trial's number; <c>null</c> when none has a value.</summary>
    public int? Trial { get; init; }

    /// <summary>The metric of the errors, without its set: <c>error</c>, <c>rmse</c>; <c>null</c> when train and dev cannot be told
    /// apart.</summary>
    public string? Metric { get; init; }

    /// <summary>Whether errors are shares of the rows, to be written in percent.</summary>
    public bool IsShare { get; init; }

    /// <summary>The error that the best possible (human, Bayes) would reach. Default 0.</summary>
    public double BaseError { get; init; }

    /// <summary>The winner's error on the training set.</summary>
    public double? TrainError { get; init; }

    /// <summary>The winner's error on the dev set.</summary>
    public double? DevError { get; init; }

    /// <summary>Train error − base error.</summary>
    public double? AvoidableBias => TrainError - BaseError;

    /// <summary>Dev error − train error.</summary>
    public double? Variance => DevError - TrainError;

    /// <summary>The standard error of the dev error: of a share from half the width of its Wilson interval, so that it is not 0 where no
    /// row is wrong; of an rmse, an mae or 1 − R² by normal residuals; <c>null</c> when the rows or the law are not known.</summary>
    public double? DevStandardError { get; init; }

    /// <summary>Whether bias or variance stands between the winner and the base error.</summary>
    public FitQuality Fit { get; init; }

    /// <summary>The diagnosis in a sentence or two, with its figures.</summary>
    public required string Summary { get; init; }

    /// <summary>The steps that the course would try next, the most promising first.</summary>
    public ImmutableArray<Advice> Next { get; init; } = [];

    /// <summary>Parameters whose best values crowd at an end of their range.</summary>
    public ImmutableArray<EdgeFinding> Edges { get; init; } = [];

    /// <summary>Parameters whose range made little difference.</summary>
    public ImmutableArray<IdleFinding> Idle { get; init; } = [];

    /// <summary>Whether activations and gradients vanish or explode in many bad trials; empty where that is not seen or not
    /// known.</summary>
    public ImmutableArray<SignalFinding> Signals { get; init; } = [];

    /// <summary>Every trial that has both errors, by number.</summary>
    public ImmutableArray<TrialFit> Trials { get; init; } = [];

    /// <summary>How the campaign went; <c>null</c> with fewer than 15 such trials that completed.</summary>
    public FitTrend? Trend { get; init; }

    /// <summary>The trend in a sentence; <c>null</c> without one.</summary>
    public string? TrendSummary => Trend?.Say(IsShare);

    /// <summary>Says so when there are too few trials to trust any of this; else <c>null</c>.</summary>
    public string? TooFew { get; init; }
}

/// <summary>The gap between a network and the base error that dominates.</summary>
public enum FitQuality
{
    /// <summary>There is no pair of train and dev metrics to tell.</summary>
    Unknown,

    /// <summary>Neither gap is larger than its sampling error.</summary>
    Good,

    /// <summary>It does not fit the training set well enough.</summary>
    Bias,

    /// <summary>It does not generalize from the training set to the dev set.</summary>
    Variance,

    /// <summary>Both, to a similar extent.</summary>
    BiasAndVariance,
}

/// <summary>Bias and variance of one trial.</summary>
/// <param name="Trial">Its number.</param>
/// <param name="TrainError">On the training set; where it was confirmed, the mean of its repeats.</param>
/// <param name="DevError">On the dev set.</param>
/// <param name="AvoidableBias">Train error − base error.</param>
/// <param name="Variance">Dev error − train error.</param>
public sealed record TrialFit(int Trial, double TrainError, double DevError, double AvoidableBias, double Variance);

/// <summary>Something to try next.</summary>
/// <param name="Text">The advice and its reason, one sentence.</param>
/// <param name="Lines">The lines of the search file that would do it, to be read with their indentation; empty when it is done outside
/// it.</param>
public sealed record Advice(string Text, ImmutableArray<string> Lines);
