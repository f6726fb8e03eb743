using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting;

/// <summary>What a search that was started from code found.</summary>
/// <param name="Trials">Every trial, the best first.</param>
/// <param name="Reason">Why it ended, for people.</param>
public sealed record SearchResult(ImmutableArray<Trial> Trials, string Reason)
{
    /// <summary>The best trial; <c>null</c> when none succeeded.</summary>
    public Trial? Best => Trials.FirstOrDefault(trial => trial.Succeeded);

    /// <summary>The best configuration.</summary>
    /// <exception cref="InvalidOperationException">No trial succeeded.</exception>
    public Point BestPoint => Winner.Point;

    /// <summary>The best value; of a winner that was confirmed, the mean of its repeats.</summary>
    /// <exception cref="InvalidOperationException">No trial succeeded.</exception>
    public double BestValue => Winner.RankValue!.Value;

    private Trial Winner => Best ?? throw new InvalidOperationException(
        $"None of {Trials.Length} trials succeeded{(Trials.FirstOrDefault()?.Reason is { } reason ? $"; the first because: {reason}" : "")}.");
}
