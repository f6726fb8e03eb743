namespace HyperSearch.Planning;

/// <summary>Phrases by which the reason for a campaign's end is known again.</summary>
internal static class EndingPhrases
{
    /// <summary>The end of the reason when jobs failed too often.</summary>
    public const string FailureLimit = "(limits.stop_after_failures)";

    /// <summary>The beginning of the reason when nothing is left to propose.</summary>
    public const string Everything = "every point of the ";
}
