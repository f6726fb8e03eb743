using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;
using HyperSearch.Training.Data;
using HyperSearch.Training.Models;

namespace HyperSearch.Plots.Drawing;

/// <summary>The network that a campaign's folder keeps of its winner.</summary>
internal static class WinnerNetwork
{
    /// <summary>The model; <c>null</c> where none is kept, or its file cannot be read or is another model.</summary>
    public static Model? Of(CampaignSnapshot snapshot)
    {
        var folder = new CampaignFolder(snapshot.Folder);
        try
        {
            return snapshot.Verdict is { } verdict && WinnerModel.IsKept(folder, verdict) ? Model.Load(folder.ModelPath) : null;
        }
        catch (Exception damage) when (damage is DataException or IOException or UnauthorizedAccessException)
        {
            return null; // `doctor` reports it; a picture only says that there is nothing to draw
        }
    }

    /// <summary>A picture that says why there is no model to draw.</summary>
    public static Picture None(CampaignSummary summary) => summary.Nothing() ?? new Picture
    {
        Title = summary.Headline,
        Subtitle = summary.Name,
        Message = "This needs the winner's network, which the built-in trainer keeps when a campaign has finished.",
    };
}
