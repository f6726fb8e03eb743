using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;

namespace HyperSearch.Plots;

/// <summary>One kind of picture of a campaign. An implementation is listed in <see cref="PlotKinds.All"/>.</summary>
public interface IPlot
{
    /// <summary>The name that <c>--kind</c> takes and that its file has, in snake_case.</summary>
    string Kind { get; }

    /// <summary>A sentence for people that says what the picture shows.</summary>
    string Description { get; }

    /// <summary>Draws it. Never fails for want of trials: a picture without panels then says what is missing.</summary>
    Picture Draw(CampaignSnapshot snapshot);
}
