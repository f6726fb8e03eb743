using System.Collections.Immutable;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>The trials of an earlier campaign that fit a new space, the best first, each configuration once.</summary>
/// <param name="Campaign">The earlier campaign.</param>
/// <param name="Trials">The trials that fit.</param>
/// <param name="Refused">Those that were met before enough fitted, and why they do not fit, in words.</param>
/// <param name="Moved">Values that moved to the nearest one of their new scale, in words.</param>
internal sealed record CarriedTrials(
    CampaignSnapshot Campaign, ImmutableArray<CarriedTrial> Trials, ImmutableArray<string> Refused, ImmutableArray<string> Moved)
{
    /// <summary>Those whose values compare: trained in full, where any was.</summary>
    public ImmutableArray<CarriedTrial> Comparable => Trials.Any(trial => trial.IsFull) ? [.. Trials.Where(trial => trial.IsFull)] : Trials;

    /// <summary>Carries the best trials of a campaign over.</summary>
    /// <param name="earlier">The earlier campaign.</param>
    /// <param name="search">The new search; its metric and direction rank.</param>
    /// <param name="most">How many at most.</param>
    /// <exception cref="CampaignException">The earlier campaign did not measure the metric.</exception>
    public static CarriedTrials Of(CampaignSnapshot earlier, Search search, int most)
    {
        var metric = earlier.Search.Metric == search.Metric ? null : search.Metric;
        var ranked = Ranking.Rank(earlier.Trials, search.Maximize, metric).Where(trial => trial.Value is not null).ToList();
        if (ranked.Count == 0)
            throw new CampaignException(
                $"The campaign \"{earlier.Name}\" has no trial with a {search.Metric}, "
                + $"and its best are chosen by that{Measured(earlier)}.");

        var mapping = new SpaceMapping(search.Space, search.Seed);
        var (carried, refused) = (new List<CarriedTrial>(), new List<string>());
        foreach (var (trial, value) in ranked.TakeWhile(_ => carried.Count < most).Select(entry => (entry.Trial, entry.Value!.Value)))
        {
            if (mapping.Map(trial) is { } point)
                carried.Add(new CarriedTrial(trial.Number, point, search.Space.PositionOf(point), search.Maximize ? -value : value,
                    trial.State == OutcomeState.Completed));
            else if (mapping.Refusal is { } refusal)
                refused.Add($"trial {trial.Number} ({refusal})");
        }

        return new CarriedTrials(earlier, [.. carried], [.. refused], [.. mapping.Moved]);
    }

    private static string Measured(CampaignSnapshot earlier) =>
        NamedMetrics.NamesOf(earlier.Trials).ToList() is { Count: > 0 } known
            ? $"; it measured {string.Join(", ", known)}"
            : "";
}

/// <summary>A trial of an earlier campaign in a new space.</summary>
/// <param name="Trial">Its number there.</param>
/// <param name="Point">Its configuration in the new space.</param>
/// <param name="Position">The same in the unit cube.</param>
/// <param name="Value">Its value there; lower is better.</param>
/// <param name="IsFull">Whether it was trained on the full budget.</param>
internal sealed record CarriedTrial(int Trial, Point Point, ImmutableArray<double> Position, double Value, bool IsFull);
