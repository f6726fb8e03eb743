using HyperSearch.Analysis;
using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Execution;

/// <summary>
/// Takes the configurations that a search wants from earlier campaigns and from the trainer's prior, and says what did not fit.
/// </summary>
internal static class EarlierCampaigns
{
    /// <summary>The search with the configurations that it takes; unchanged when it takes none.</summary>
    /// <param name="search">The search.</param>
    /// <param name="searchPath">Its file; a path in it starts from the file's folder.</param>
    /// <param name="results">The results folder, for names.</param>
    /// <param name="terminal">Where remarks go.</param>
    /// <exception cref="CommandException">There is no such campaign, or nothing of it fits.</exception>
    public static Search Take(Search search, string searchPath, string results, Terminal terminal)
    {
        var (begun, remark) = TrainerPrior.Begin(FromCampaigns(search, searchPath, results, terminal));
        if (remark is not null)
            terminal.Note(remark);
        return begun;
    }

    private static Search FromCampaigns(Search search, string searchPath, string results, Terminal terminal)
    {
        if (search.From is not { } from)
            return search;
        var beside = Path.GetDirectoryName(Path.GetFullPath(searchPath))!;
        try
        {
            var named = from.Campaigns.Select(name => (Name: name, Campaign: Open(name, beside, results)))
                .GroupBy(one => Path.GetFullPath(one.Campaign.Folder.Path)).ToList();
            foreach (var again in named.SelectMany(one => one.Skip(1)))
                terminal.Warning($"from names {again.Campaign.Folder.Name} more than once ({again.Name}); it counts once.");
            var earlier = EarlierTrials.Take([.. named.Select(one => one.First().Campaign.Read())], search, from.Best);
            foreach (var remark in earlier.Remarks)
                terminal.Note(remark);
            if (earlier.Trials.Length >= search.Trials)
            {
                terminal.Warning($"They leave none of the {Figures.Count(search.Trials, "trial")} to the sampler: raise trials, or take "
                    + "fewer by from: {campaign: …, best: 3}.");
            }

            return search with { Earlier = earlier };
        }
        catch (CampaignException refusal)
        {
            throw CommandException.Usage(refusal.Message, refusal);
        }
    }

    /// <summary>Opens a campaign that lies beside the search file, or is found by name.</summary>
    private static Campaign Open(string name, string beside, string results)
    {
        var folder = new CampaignFolder(Path.Combine(beside, name));
        return Campaign.Open(folder.Exists ? folder : CampaignFolders.Find(name, results));
    }
}
