using HyperSearch.Planning;

namespace HyperSearch.Hosting.Documents;

/// <summary>How many trials ended in which way; one that timed out counts as failed. Repeats that confirm leaders are counted by
/// themselves.</summary>
internal sealed record Counts(int Planned, int Completed, int Stopped, int Diverged, int Failed, int Repeats)
{
    /// <summary>Trials with an end, for now.</summary>
    public int Ended => Completed + Stopped + Diverged + Failed;

    /// <summary>Counts the trials of a campaign.</summary>
    public static Counts Of(CampaignSnapshot campaign) => new(
        campaign.Search.Trials,
        Of(campaign, OutcomeState.Completed),
        Of(campaign, OutcomeState.Stopped),
        Of(campaign, OutcomeState.Diverged),
        Of(campaign, OutcomeState.Failed) + Of(campaign, OutcomeState.TimedOut),
        campaign.Trials.Sum(trial => trial.Repeats.Length) + campaign.OmittedRepeats);

    private static int Of(CampaignSnapshot campaign, OutcomeState state) =>
        campaign.Trials.Count(trial => trial.State == state) + campaign.OmittedStates.GetValueOrDefault(state);

    /// <summary>The counts in words; a count of zero is left out.</summary>
    public string Sentence(int running)
    {
        (int Number, string Word)[] parts =
            [(Completed, "completed"), (Stopped, "stopped early"), (Diverged, "diverged"), (Failed, "failed"), (running, "running")];
        var told = string.Join(", ", parts.Where(part => part.Number > 0).Select(part => $"{part.Number} {part.Word}"));
        return $"{Ended} of {Planned}{(told.Length > 0 ? ": " + told : "")}";
    }
}
