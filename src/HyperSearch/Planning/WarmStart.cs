namespace HyperSearch.Planning;

/// <summary>A campaign whose best configurations are run first: <c>from: results/digits</c>.</summary>
/// <param name="Campaign">Its name or path, as written; not empty.</param>
/// <param name="Best">How many of its configurations at most, from 1.</param>
public sealed record WarmStart(string Campaign, int Best = WarmStart.DefaultBest)
{
    /// <summary>How many configurations are taken where nothing is said: 10.</summary>
    public const int DefaultBest = 10;

    /// <summary>Its name or path, as written.</summary>
    /// <exception cref="ArgumentException">It is empty.</exception>
    public string Campaign { get; init => field = CheckedCampaign(value); } = CheckedCampaign(Campaign);

    /// <summary>How many of its configurations at most.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Best { get; init => field = CheckedBest(value); } = CheckedBest(Best);

    private static string CheckedCampaign(string value) => SearchLaw.Text(value, nameof(Campaign), "Name a campaign's folder.");

    private static int CheckedBest(int value) => SearchLaw.AtLeast(value, 1, nameof(Best), "A search that takes nothing needs no From.");
}
