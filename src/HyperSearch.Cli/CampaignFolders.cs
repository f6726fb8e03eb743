using HyperSearch.Campaigns;
using HyperSearch.Hosting;
using HyperSearch.Stores;

namespace HyperSearch.Cli;

/// <summary>Finds and reads campaigns as command lines name them.</summary>
internal static class CampaignFolders
{
    /// <summary>The names of the campaigns under a results folder.</summary>
    public static IReadOnlyList<string> Names(string results) => [.. CampaignFolder.In(results).Select(folder => folder.Name)];

    /// <summary>The campaign of a name or path.</summary>
    /// <exception cref="CommandException">There is none.</exception>
    public static CampaignFolder Find(string campaign, string results)
    {
        if (string.IsNullOrWhiteSpace(campaign))
            throw CommandException.Usage("A campaign's name is not empty. hypersearch list shows the names.");
        try
        {
            return CampaignFolder.Find(results, campaign);
        }
        catch (StoreException missing)
        {
            throw CommandException.Usage(missing.Message, missing);
        }
    }

    /// <summary>A consistent view of a campaign at this moment.</summary>
    public static CampaignSnapshot Read(string campaign, string results) => CampaignReader.Read(Find(campaign, results), KeptCampaign.Definition);

    /// <summary>The same with its best trials only.</summary>
    public static CampaignSnapshot ReadBest(string campaign, string results, int count) => CampaignReader.ReadBest(Find(campaign, results), count, KeptCampaign.Definition);
}
