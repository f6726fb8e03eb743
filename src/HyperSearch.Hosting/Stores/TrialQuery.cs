using HyperSearch.Planning;

namespace HyperSearch.Hosting.Stores;

/// <summary>Which trials of a campaign are wanted, and in which order.</summary>
public sealed record TrialQuery
{
    /// <summary>A condition in the words of <see cref="TrialFilter"/>; <c>null</c> for all trials.</summary>
    public string? Where { get; init; }

    /// <summary>A metric or a parameter to order by; <c>null</c> for the ranking of the campaign.</summary>
    public string? OrderBy { get; init; }

    /// <summary>Whether the greatest value of <see cref="OrderBy"/> comes first; <c>null</c> for the better one of a metric, and the least of a parameter.</summary>
    public bool? Descending { get; init; }

    /// <summary>How many trials to pass over. Default 0.</summary>
    public int Skip { get; init; }

    /// <summary>How many trials are wanted at most; <c>null</c> for all.</summary>
    public int? Take { get; init; }
}

/// <summary>What a <see cref="TrialQuery"/> gives.</summary>
/// <param name="Campaign">The campaign, with the trials of this page only.</param>
/// <param name="Ranked">These trials in the order that was asked for; they are ranked among all that meet the condition.</param>
/// <param name="Matching">How many trials meet the condition; <c>null</c> where that was not counted.</param>
public sealed record TrialPage(CampaignSnapshot Campaign, IReadOnlyList<RankedTrial> Ranked, int? Matching);
