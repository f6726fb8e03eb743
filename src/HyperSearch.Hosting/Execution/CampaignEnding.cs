using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>How a session ended.</summary>
/// <param name="Finished">Whether nothing was left to do; otherwise it was interrupted and can be resumed.</param>
/// <param name="Reason">The reason in words: <c>all 120 trials are done</c>.</param>
/// <param name="Progress">The progress of the campaign.</param>
/// <param name="Verdict">The winner on the test set; <c>null</c> when there is none or the session was interrupted.</param>
public sealed record CampaignEnding(bool Finished, string Reason, CampaignProgress Progress, Verdict? Verdict)
{
    /// <summary>Whether the campaign had ended before and there was nothing to do; nothing was written.</summary>
    public bool NothingToDo { get; init; }

    /// <summary>Whether the campaign ended because its time was up (<c>limits.time</c>), so that more time continues it.</summary>
    public bool TimeIsUp { get; init; }

    /// <summary>Whether the campaign ended because its jobs failed too often, so that only trials that start again can continue
    /// it.</summary>
    public bool FailedTooOften => Reason.EndsWith(EndingPhrases.FailureLimit, StringComparison.Ordinal);

    /// <summary>Whether there is no point left to try, so that more trials would change nothing.</summary>
    public bool Exhausted => Reason.StartsWith(EndingPhrases.Everything, StringComparison.Ordinal);

    /// <summary>Whether any trial, of any session, gave a value.</summary>
    public bool AnySucceeded => Progress.Best is not null;
}
