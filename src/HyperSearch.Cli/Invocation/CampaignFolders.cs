using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cli.Invocation;

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
}
