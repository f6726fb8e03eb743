using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Execution;

/// <summary>Takes the configurations that a search wants from an earlier campaign, and says what did not fit.</summary>
internal static class EarlierCampaign
{
    /// <summary>The search with the trials that it takes; unchanged when it takes none.</summary>
    /// <param name="search">The search.</param>
    /// <param name="searchPath">Its file; a path in it starts from the file's folder.</param>
    /// <param name="results">The results folder, for names.</param>
    /// <param name="terminal">Where remarks go.</param>
    /// <exception cref="CommandException">There is no such campaign, or nothing of it fits.</exception>
    public static Search Take(Search search, string searchPath, string results, Terminal terminal)
    {
        if (search.From is not { } from)
            return search;
        var beside = new CampaignFolder(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(searchPath))!, from.Campaign));
        var folder = beside.Exists ? beside : CampaignFolders.Find(from.Campaign, results);
        try
        {
            var earlier = EarlierTrials.Take(Campaign.Open(folder).Read(), search, from.Best);
            foreach (var remark in earlier.Remarks)
                terminal.Note(remark);
            return search with { Earlier = earlier };
        }
        catch (CampaignException refusal)
        {
            throw CommandException.Usage(refusal.Message, refusal);
        }
    }
}
