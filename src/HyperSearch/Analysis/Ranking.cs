using System.Collections.Immutable;
using HyperSearch.Campaigns;

namespace HyperSearch.Analysis;

/// <summary>Orders trials from the best to the worst.</summary>
public static class Ranking
{
    /// <summary>Ranks trials: those that completed the full budget by value, then stopped ones by value, then timed out, diverged and failed ones; ties by number.</summary>
    /// <remarks>A value that is missing, NaN or infinite never wins: within its group it comes last.</remarks>
    /// <param name="trials">In any order.</param>
    /// <param name="maximize">Whether more of the search's metric is better.</param>
    /// <param name="byMetric">Another metric to rank by; its own direction is used where its name tells one (<see cref="Metrics.MoreIsBetter"/>), else <paramref name="maximize"/>.</param>
    public static ImmutableArray<RankedTrial> Rank(IEnumerable<Trial> trials, bool maximize, string? byMetric = null)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var more = byMetric is null ? maximize : Metrics.MoreIsBetter(byMetric) ?? maximize;
        var ordered = trials
            .Select(trial => (Trial: trial, Value: ValueOf(trial, byMetric)))
            .OrderBy(entry => Group(entry.Trial.State))
            .ThenBy(entry => Cost(entry.Value, more))
            .ThenBy(entry => entry.Trial.Number);
        return [.. ordered.Select((entry, index) => new RankedTrial(index + 1, entry.Trial, entry.Value))];
    }

    /// <summary>The best trial of a campaign; <c>null</c> when none has a value.</summary>
    public static Trial? Best(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        return Rank(snapshot.Trials, snapshot.Search.Maximize).FirstOrDefault(ranked => ranked.Value is not null)?.Trial;
    }

    /// <summary>The best value after each trial, in the order proposed: one entry a trial, NaN until one has a value.</summary>
    /// <remarks>Once a trial has completed the full budget only such trials count, so that a value after few epochs is not taken for one after all.</remarks>
    /// <param name="trials">In the order of their numbers.</param>
    /// <param name="maximize">Whether more is better.</param>
    public static ImmutableArray<double> BestSoFar(IReadOnlyList<Trial> trials, bool maximize)
    {
        ArgumentNullException.ThrowIfNull(trials);
        var anyCompleted = trials.Any(trial => trial.State == OutcomeState.Completed && ValueOf(trial, null) is not null);
        var best = double.NaN;
        var steps = ImmutableArray.CreateBuilder<double>(trials.Count);
        foreach (var trial in trials)
        {
            if (ValueOf(trial, null) is { } value && (!anyCompleted || trial.State == OutcomeState.Completed)
                && (double.IsNaN(best) || (maximize ? value > best : value < best)))
                best = value;
            steps.Add(best);
        }

        return steps.MoveToImmutable();
    }

    internal static int Group(OutcomeState state) => state switch
    {
        OutcomeState.Completed => 0,
        OutcomeState.Stopped => 1,
        OutcomeState.TimedOut => 2,
        OutcomeState.Diverged => 3,
        _ => 4,
    };

    internal static double Cost(double? value, bool maximize) => value is { } known ? (maximize ? -known : known) : double.PositiveInfinity;

    private static double? ValueOf(Trial trial, string? metric)
    {
        var value = metric is null ? trial.Value : trial.Metrics.TryGetValue(metric, out var found) ? found : null;
        return value is { } known && double.IsFinite(known) ? known : null;
    }
}
