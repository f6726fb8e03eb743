namespace HyperSearch.Hosting.Searches;

/// <summary>One thing that two definitions of a search say differently.</summary>
/// <param name="Key">Its place in a search file: <c>space.learning_rate</c>.</param>
/// <param name="Before">What the first says; <c>null</c> when it says nothing.</param>
/// <param name="After">What the second says; <c>null</c> when it says nothing.</param>
/// <param name="MayChange">Whether a campaign may go on with the second: it changes no trial that was proposed.</param>
public sealed record SearchDifference(string Key, string? Before, string? After, bool MayChange)
{
    /// <summary>The difference in a line: <c>method.trials: 120 -> 200</c>.</summary>
    public override string ToString() => $"{Key}: {Before ?? "(none)"} -> {After ?? "(none)"}";
}
