using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Plots;

/// <summary>One kind of picture of a campaign. An implementation is listed in <see cref="PlotKinds.All"/>.</summary>
public interface IPlot
{
    /// <summary>What <c>--kind</c> calls it and its file is named after, in snake_case.</summary>
    string Kind { get; }

    /// <summary>What it shows, one sentence for people.</summary>
    string Description { get; }

    /// <summary>Draws it. Never fails for want of trials: a picture without panels then says what is missing.</summary>
    Picture Draw(CampaignSnapshot snapshot);
}
