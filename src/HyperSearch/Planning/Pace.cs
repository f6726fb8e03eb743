namespace HyperSearch.Planning;

/// <summary>How fast a campaign ends trials, and how long the others will take at that.</summary>
/// <param name="TrialsPerMinute">Trials that end in a minute of work. Time in which a person holds the campaign back is no work.</param>
/// <param name="Left">The time that the trials without an end will take, once the campaign works; <c>null</c> where all have one.</param>
public sealed record Pace(double TrialsPerMinute, TimeSpan? Left)
{
    /// <summary>The pace of a stretch of work.</summary>
    /// <param name="ended">How many trials ended in it.</param>
    /// <param name="worked">How long it took.</param>
    /// <param name="missing">How many trials have no end yet.</param>
    /// <returns><c>null</c> where nothing ended, so that nothing is known.</returns>
    internal static Pace? Of(int ended, TimeSpan worked, int missing) => ended <= 0 || worked <= TimeSpan.Zero
        ? null
        : new Pace(ended / worked.TotalMinutes, missing > 0 ? worked / ended * missing : null);
}
