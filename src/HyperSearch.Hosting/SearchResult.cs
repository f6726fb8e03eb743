using System.Collections.Immutable;
using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting;

/// <summary>The trials of a search that was started from code.</summary>
/// <param name="Trials">Every trial, the best first.</param>
/// <param name="Reason">Why it ended, for people.</param>
public sealed record SearchResult(ImmutableArray<Trial> Trials, string Reason)
{
    /// <summary>
    /// Whether the search came to its end. False only in a <see cref="SearchInterruptedException"/>: further trials might have found a
    /// better one.
    /// </summary>
    public bool Finished { get; init; } = true;

    /// <summary>
    /// The trials that no other is better than in every metric, where several are traded off; with one metric the best trial alone.
    /// </summary>
    public ImmutableArray<Trial> Front { get; init; } = [];

    /// <summary>The best trial; <c>null</c> when none succeeded.</summary>
    public Trial? Best => Trials.FirstOrDefault(trial => trial.Succeeded);

    /// <summary>The best configuration.</summary>
    /// <exception cref="InvalidOperationException">No trial succeeded.</exception>
    public Point BestPoint => Winner.Point;

    /// <summary>The best value; of a winner that was confirmed, the mean of its repeats.</summary>
    /// <exception cref="InvalidOperationException">No trial succeeded.</exception>
    public double BestValue => Winner.RankValue!.Value;

    private Trial Winner => Best ?? throw new InvalidOperationException(
        $"None of {Figures.Count(Trials.Length, "trial")} succeeded"
        + $"{(Trials.FirstOrDefault()?.Reason is { } reason ? $"; the first because: {reason}" : "")}.");
}

/// <summary>
/// A search was interrupted before its end. A campaign with a folder goes on with the next call; <see cref="Result"/> has the trials so
/// far.
/// </summary>
public sealed class SearchInterruptedException : OperationCanceledException
{
    /// <summary>Makes one without trials.</summary>
    public SearchInterruptedException()
        : this("The search was interrupted.")
    {
    }

    /// <summary>Makes one without trials that says what happened.</summary>
    public SearchInterruptedException(string message)
        : base(message) => Result = new SearchResult([], message) { Finished = false };

    /// <summary>Makes one without trials that says what happened and what caused it.</summary>
    public SearchInterruptedException(string message, Exception innerException)
        : base(message, innerException) => Result = new SearchResult([], message) { Finished = false };

    /// <summary>Makes one of the trials so far.</summary>
    /// <param name="result">The trials.</param>
    /// <param name="stop">The token that was cancelled.</param>
    public SearchInterruptedException(SearchResult result, CancellationToken stop)
        : base(
            $"The search was interrupted after {Figures.Count(result?.Trials.Length ?? 0, "trial")}"
            + (result?.Best is null ? ", and none has succeeded yet." : $"; the best is in {nameof(Result)}. "
            + "It is not finished: further trials might have found a better one."), stop) =>
        Result = result ?? throw new ArgumentNullException(nameof(result));

    /// <summary>The trials so far, the best first.</summary>
    public SearchResult Result { get; }
}
