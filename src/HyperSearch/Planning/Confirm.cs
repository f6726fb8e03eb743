namespace HyperSearch.Planning;

/// <summary>How the best configurations are confirmed once the search has ended: each runs again, in full, on fresh seeds.</summary>
/// <remarks>
/// The luckiest of many noisy trials is not the best one. Every leader runs <see cref="Repeats"/> times; those that cannot be told from the first
/// of them (their means within two standard errors of the difference, by the pooled spread) run <see cref="Repeats"/> times more, and so on, while runs are left of <see cref="AtMost"/>.
/// The score that the search itself saw was selected for being good, so it counts in no mean.
/// </remarks>
public sealed record Confirm
{
    /// <summary>How many of the best configurations. Default 5.</summary>
    public int Top { get; init; } = 5;

    /// <summary>How often each runs again at least. Default 3.</summary>
    public int Repeats { get; init; } = 3;

    /// <summary>How many runs in all, close leaders included; <c>null</c>, the default, for three times <see cref="Top"/> × <see cref="Repeats"/>. <see cref="Top"/> × <see cref="Repeats"/> gives no leader more than another.</summary>
    public int? AtMost { get; init; }

    /// <summary>The runs in all, at most.</summary>
    public int Runs => AtMost ?? (int)Math.Min(3L * Top * Repeats, int.MaxValue);
}
