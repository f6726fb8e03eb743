using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>The best configurations of an earlier campaign as points of a new search, which runs them first.</summary>
/// <remarks>
/// <para>Only configurations are taken, and evaluated anew: values that were measured on other data, after other epochs or by another
/// program do not compare.</para>
/// <para>
/// A value keeps its meaning, whatever its scale was: a learning rate of 0.01 is 0.01. Between two values of a new scale it moves to the
/// nearer one. A trial with a value that the new space does not have (out of range, another category, another fixed value) or that breaks a
/// constraint is left out. A parameter that the earlier campaign did not have, or that played no part in the trial, is drawn at random from
/// (seed, trial); one that the new space does not have is ignored.
/// </para>
/// </remarks>
/// <param name="Campaign">The earlier campaign's name.</param>
/// <param name="Trials">The configurations that were taken, the best first.</param>
/// <param name="Remarks">Sentences for people about the trials and parameters that did not fit, and how that was settled.</param>
public sealed record EarlierTrials(string Campaign, ImmutableArray<EarlierTrial> Trials, ImmutableArray<string> Remarks)
{
    private const int Examples = 3;

    /// <summary>Takes the best configurations that fit, each once.</summary>
    /// <param name="earlier">The earlier campaign.</param>
    /// <param name="search">The new search; its metric and direction choose.</param>
    /// <param name="best">How many at most.</param>
    /// <exception cref="CampaignException">The earlier campaign did not measure the metric, or none of its trials fits.</exception>
    public static EarlierTrials Take(CampaignSnapshot earlier, Search search, int best = WarmStart.DefaultBest)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(search);
        var metric = earlier.Search.Metric == search.Metric ? null : search.Metric;
        var ranked = Ranking.Rank(earlier.Trials, search.Maximize, metric).Where(trial => trial.Value is not null).ToList();
        if (ranked.Count == 0)
            throw new CampaignException(
                $"The campaign \"{earlier.Name}\" has no trial with a {search.Metric}, "
                + $"and its best are chosen by that{Measured(earlier)}.");

        var mapping = new SpaceMapping(search.Space, search.Seed);
        var (taken, refused) = (new List<EarlierTrial>(), new List<string>());
        foreach (var trial in ranked.TakeWhile(_ => taken.Count < best).Select(entry => entry.Trial))
        {
            if (mapping.Map(trial) is { } point)
                taken.Add(new EarlierTrial(trial.Number, point));
            else if (mapping.Refusal is { } refusal)
                refused.Add($"trial {trial.Number} ({refusal})");
        }

        return taken.Count > 0
            ? new EarlierTrials(earlier.Name, [.. taken], [.. Remark(earlier, search.Space, taken, refused, mapping)])
            : throw new CampaignException($"No trial of the campaign \"{earlier.Name}\" fits this space: {Some(refused)}.");
    }

    private static IEnumerable<string> Remark(
        CampaignSnapshot earlier, Space space, List<EarlierTrial> taken, List<string> refused, SpaceMapping mapping)
    {
        yield return $"From {earlier.Name}: {taken.Count} of {Counted.Of(earlier.Trials.Length, "trial")} "
            + $"{(taken.Count == 1 ? "runs" : "run")} first, "
            + $"the best one being its trial {taken[0].Trial}.";
        if (refused.Count > 0)
            yield return $"Left out: {Some(refused)}.";
        if (mapping.Moved.Count > 0)
            yield return $"Moved to the nearest value: {Some(mapping.Moved)}.";
        var before = earlier.Search.Space.Parameters.Select(parameter => parameter.Name).ToList();
        var now = space.Parameters.Select(parameter => parameter.Name).ToList();
        if (space.Searched.Select(parameter => parameter.Name).Except(before).ToList() is { Count: > 0 } added)
            yield return $"New in this space, so drawn at random: {string.Join(", ", added)}.";
        if (before.Except(now).ToList() is { Count: > 0 } dropped)
            yield return $"Not in this space, so ignored: {string.Join(", ", dropped)}.";
    }

    private static string Measured(CampaignSnapshot earlier) =>
        earlier.Trials.SelectMany(trial => trial.Metrics.Keys).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } known
            ? $"; it measured {string.Join(", ", known)}"
            : "";

    private static string Some(List<string> all) =>
        string.Join("; ", all.Take(Examples)) + (all.Count > Examples ? $"; and {all.Count - Examples} more" : "");
}

/// <summary>A configuration that was taken from an earlier campaign.</summary>
/// <param name="Trial">The trial's number there.</param>
/// <param name="Point">The configuration, a point of the new space.</param>
public sealed record EarlierTrial(int Trial, Point Point);
