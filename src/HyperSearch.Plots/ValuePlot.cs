using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Plots;

/// <summary>A picture of the values of trials; while no trial has one, it says so.</summary>
public abstract class ValuePlot : IPlot
{
    /// <inheritdoc/>
    public abstract string Kind { get; }

    /// <inheritdoc/>
    public abstract string Description { get; }

    /// <inheritdoc/>
    public Picture Draw(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var summary = new CampaignSummary(snapshot);
        return summary.Nothing() ?? Draw(summary);
    }

    /// <summary>Draws a campaign that has a trial with a value.</summary>
    private protected abstract Picture Draw(CampaignSummary summary);
}
