using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Samplers;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>
/// The best configurations of an earlier campaign, or those that did well together over several, as points of a new search, which runs
/// them first.
/// </summary>
/// <remarks>
/// <para>Configurations are taken, and evaluated anew: values that were measured on other data, after other epochs or by another program
/// do not compare. Their order may: <see cref="Outcomes"/> help samplers that learn as far as they rank what is seen here.</para>
/// <para>
/// A value keeps its meaning, whatever its scale was: a learning rate of 0.01 is 0.01. Between two values of a new scale it moves to the
/// nearer one. A trial with a value that the new space does not have (out of range, another category, another fixed value) or that breaks a
/// constraint is left out. A parameter that the earlier campaign did not have, or that played no part in the trial, is drawn at random from
/// (seed, trial); one that the new space does not have is ignored.
/// </para>
/// </remarks>
/// <param name="Campaign">The earlier campaign's name; of several, their names with commas.</param>
/// <param name="Trials">The configurations that were taken, the best first.</param>
/// <param name="Remarks">Sentences for people about the trials and parameters that did not fit, and how that was settled.</param>
public sealed record EarlierTrials(string Campaign, ImmutableArray<EarlierTrial> Trials, ImmutableArray<string> Remarks)
{
    private const int Examples = 3, MostRows = 60, Leaders = 30, MostCampaigns = 20;

    /// <summary>What the campaigns measured, for samplers that learn from it: of each campaign up to 60 trials, the best 30 and an even
    /// sample of the others, of up to 20 campaigns. Empty, the default, in journals of versions that did not know it.</summary>
    public ImmutableArray<EarlierOutcomes> Outcomes { get; init; } = [];

    /// <summary>Takes the best configurations that fit, each once.</summary>
    /// <param name="earlier">The earlier campaign.</param>
    /// <param name="search">The new search; its metric and direction choose.</param>
    /// <param name="best">How many at most.</param>
    /// <exception cref="CampaignException">The earlier campaign did not measure the metric, or none of its trials fits.</exception>
    public static EarlierTrials Take(CampaignSnapshot earlier, Search search, int best = WarmStart.DefaultBest) =>
        Take([earlier ?? throw new ArgumentNullException(nameof(earlier))], search, best);

    /// <summary>Takes the configurations that did well together over several campaigns; the best ones of a single one.</summary>
    /// <param name="earlier">The earlier campaigns, at least one.</param>
    /// <param name="search">The new search; its metric and direction choose.</param>
    /// <param name="best">How many at most, over all of them.</param>
    /// <exception cref="CampaignException">One of them did not measure the metric, or none of its trials fits.</exception>
    public static EarlierTrials Take(IReadOnlyList<CampaignSnapshot> earlier, Search search, int best = WarmStart.DefaultBest)
    {
        ArgumentNullException.ThrowIfNull(earlier);
        ArgumentNullException.ThrowIfNull(search);
        var carried = earlier.Select(campaign => CarriedTrials.Of(campaign, search, earlier.Count == 1 ? best : int.MaxValue)).ToList();
        if (carried.Find(one => one.Trials.IsEmpty) is { } misfit)
            throw new CampaignException($"No trial of the campaign \"{misfit.Campaign.Name}\" fits this space: {Some(misfit.Refused)}.");
        var name = string.Join(", ", earlier.Select(campaign => campaign.Name));
        if (carried is [var only])
        {
            return new EarlierTrials(name, [.. only.Trials.Select(trial => new EarlierTrial(trial.Trial, trial.Point))],
                [.. Remark(only, search.Space)])
            { Outcomes = [OutcomesOf(CarriedTrials.Of(earlier[0], search, int.MaxValue))] };
        }

        var comparable = carried.ConvertAll(one => one.Comparable);
        var chosen = Portfolio.Choose(comparable, search.Space, best);
        var trials = chosen.Select(choice => (From: earlier[choice.Campaign], Trial: comparable[choice.Campaign][choice.Trial]));
        return new EarlierTrials(
            name,
            [.. trials.Select(choice => new EarlierTrial(choice.Trial.Trial, choice.Trial.Point) { Campaign = choice.From.Name })],
            [.. Remark(carried, chosen.Length, search.Space)])
        { Outcomes = [.. carried.Take(MostCampaigns).Select(OutcomesOf)] };
    }

    private static EarlierOutcomes OutcomesOf(CarriedTrials carried)
    {
        var trials = carried.Comparable;
        var rows = trials.Length <= MostRows ? trials
            : [.. trials.Take(Leaders), .. Enumerable.Range(0, MostRows - Leaders)
                .Select(i => trials[Leaders + i * (trials.Length - Leaders) / (MostRows - Leaders)])];
        return new EarlierOutcomes(carried.Campaign.Name, [.. rows.Select(row => new EarlierOutcome(row.Position, row.Value))]);
    }

    private static IEnumerable<string> Remark(CarriedTrials only, Space space) =>
    [
        $"From {only.Campaign.Name}: {only.Trials.Length} of {Counted.Of(only.Campaign.Trials.Length, "trial")} "
            + $"{(only.Trials.Length == 1 ? "runs" : "run")} first, "
            + $"the best one being its trial {only.Trials[0].Trial}.",
        .. Differences(only, space),
    ];

    private static IEnumerable<string> Remark(List<CarriedTrials> all, int chosen, Space space) =>
    [
        $"From {Counted.Of(all.Count, "campaign")} with {Counted.Of(all.Sum(one => one.Trials.Length), "trial")} that fit: "
            + $"{Counted.Of(chosen, "trial")} {(chosen == 1 ? "runs" : "run")} first, chosen to do well together over all of them.",
        .. all.SelectMany(one => Differences(one, space)).Distinct(StringComparer.Ordinal),
    ];

    private static IEnumerable<string> Differences(CarriedTrials one, Space space)
    {
        if (!one.Refused.IsEmpty)
            yield return $"Left out: {Some(one.Refused)}.";
        if (!one.Moved.IsEmpty)
            yield return $"Moved to the nearest value: {Some(one.Moved)}.";
        var before = one.Campaign.Search.Space.Parameters.Select(parameter => parameter.Name).ToList();
        var now = space.Parameters.Select(parameter => parameter.Name).ToList();
        if (space.Searched.Select(parameter => parameter.Name).Except(before).ToList() is { Count: > 0 } added)
            yield return $"New in this space, so drawn at random: {string.Join(", ", added)}.";
        if (before.Except(now).ToList() is { Count: > 0 } dropped)
            yield return $"Not in this space, so ignored: {string.Join(", ", dropped)}.";
    }

    private static string Some(ImmutableArray<string> all) =>
        string.Join("; ", all.Take(Examples)) + (all.Length > Examples ? $"; and {all.Length - Examples} more" : "");
}

/// <summary>A configuration that was taken from an earlier campaign.</summary>
/// <param name="Trial">The trial's number there.</param>
/// <param name="Point">The configuration, a point of the new space.</param>
public sealed record EarlierTrial(int Trial, Point Point)
{
    /// <summary>The campaign that it is of, where there are several; <c>null</c> where there is one.</summary>
    public string? Campaign { get; init; }

    /// <summary>What it is, for people, where it is no campaign's trial; <c>null</c>, the default, where it is one.</summary>
    public string? Source { get; init; }
}
