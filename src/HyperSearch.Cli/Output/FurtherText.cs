using HyperSearch.Analysis;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Output;

/// <summary>What is said of a trial's other metrics where several are traded off.</summary>
internal static class FurtherText
{
    /// <summary>Its values beside that of the first metric, after a comma; empty where nothing is traded off.</summary>
    public static string Of(CampaignSnapshot campaign, Trial trial) => string.Concat(campaign.Search.Further.Select(goal =>
        trial.Metrics.TryGetValue(goal.Metric, out var other) ? $", {goal.Metric} {Figures.Brief(other, 4)}" : ""));
}
