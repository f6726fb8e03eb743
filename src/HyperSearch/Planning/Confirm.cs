namespace HyperSearch.Planning;

/// <summary>How the best configurations are confirmed once the search has ended: each runs again, in full, on fresh seeds.</summary>
/// <remarks>
/// The luckiest of many noisy trials is not the best one. Every leader runs <see cref="Repeats"/> times. Leaders that cannot be told from
/// the first (their means lie within two standard errors of the difference, by the pooled spread) run <see cref="Repeats"/> times more, and
/// so on, while runs are left of <see cref="AtMost"/>. The score that the search itself saw was selected for being good, so it counts in no
/// mean.
/// </remarks>
/// <example>
/// <code>
/// var options = new SearchOptions { Confirm = new Confirm { Top = 3, Repeats = 5 } };
/// </code>
/// </example>
public sealed record Confirm
{
    /// <summary>The most leaders, and the most repeats of each, that a search asks for.</summary>
    internal const int Most = 1000;

    /// <summary>How many of the best configurations, at most 1,000. Default 5.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or more.</exception>
    public int Top
    {
        get;
        init => field = SearchLaw.Within(value, 1, Most, nameof(Top), "Few leaders, each repeated often, tell more.");
    } = 5;

    /// <summary>How often each runs again at least, at most 1,000 times. Default 3.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or more.</exception>
    public int Repeats
    {
        get;
        init => field = SearchLaw.Within(value, 1, Most, nameof(Repeats), "Three are enough to see a difference.");
    } = 3;

    /// <summary>
    /// How many runs in all, close leaders included, at least <see cref="Top"/> × <see cref="Repeats"/>, which gives no leader more than
    /// another. <c>null</c>, the default, for three times that.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int? AtMost
    {
        get;
        init => field = value is { } most ? SearchLaw.AtLeast(most, 1, nameof(AtMost), "Take Top times Repeats at least.") : null;
    }

    /// <summary>The runs in all, at most.</summary>
    public int Runs => AtMost ?? (int)Math.Min(3L * Top * Repeats, int.MaxValue);

    /// <summary>Why these numbers contradict each other; <c>null</c> when they do not.</summary>
    internal string? Contradiction => AtMost < Top * Repeats
        ? $"at_most is at least top times repeats, here {Top} x {Repeats} = {Top * Repeats}." : null;
}
