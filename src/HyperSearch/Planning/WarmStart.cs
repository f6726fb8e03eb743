namespace HyperSearch.Planning;

/// <summary>A campaign whose best configurations are run first: <c>from: results/digits</c>.</summary>
/// <param name="Campaign">Its name or path, as written.</param>
/// <param name="Best">How many of its configurations at most.</param>
public sealed record WarmStart(string Campaign, int Best = WarmStart.DefaultBest)
{
    /// <summary>How many configurations are taken where nothing is said: 10.</summary>
    public const int DefaultBest = 10;
}
