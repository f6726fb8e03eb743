using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>
/// Campaigns whose configurations are run first: the best ones of one, <c>from: results/digits</c>, or those that did well together over
/// several, <c>from: [results/a, results/b]</c>.
/// </summary>
/// <param name="Campaigns">Their names or paths, as written; at least one, none empty.</param>
/// <param name="Best">How many configurations at most, over all of them, from 1.</param>
public sealed record WarmStart(ImmutableArray<string> Campaigns, int Best = WarmStart.DefaultBest)
{
    /// <summary>How many configurations are taken where nothing is said: 10.</summary>
    public const int DefaultBest = 10;

    /// <summary>A start from one campaign.</summary>
    /// <param name="campaign">Its name or path, as written; not empty.</param>
    /// <param name="best">How many of its configurations at most, from 1.</param>
    public WarmStart(string campaign, int best = DefaultBest)
        : this([campaign ?? throw new ArgumentNullException(nameof(campaign))], best)
    {
    }

    /// <summary>Their names or paths, as written.</summary>
    /// <exception cref="ArgumentException">There is none, or one is empty.</exception>
    public ImmutableArray<string> Campaigns { get; init => field = CheckedCampaigns(value); } = CheckedCampaigns(Campaigns);

    /// <summary>How many of their configurations at most.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Best { get; init => field = CheckedBest(value); } = CheckedBest(Best);

    /// <inheritdoc/>
    public bool Equals(WarmStart? other) => other is not null && Best == other.Best && Campaigns.SequenceEqual(other.Campaigns);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Best, Campaigns.Length, Campaigns[0]);

    private static ImmutableArray<string> CheckedCampaigns(ImmutableArray<string> value)
    {
        if (value.IsDefaultOrEmpty)
            throw new ArgumentException("Name a campaign's folder.", nameof(value));
        foreach (var campaign in value)
            SearchLaw.Text(campaign, nameof(Campaigns), "Name a campaign's folder.");
        return value;
    }

    private static int CheckedBest(int value) => SearchLaw.AtLeast(value, 1, nameof(Best), "A search that takes nothing needs no From.");
}
