using System.Reflection;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Objectives.Training;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting;

/// <summary>Campaigns in folders, for programs: begun, continued, and read, also while another process runs them.</summary>
public static class KeptCampaign
{
    /// <summary>Makes a campaign of a search that was made in code, or takes up the one that is there.</summary>
    /// <remarks>The folder is like any campaign's: the <c>hypersearch</c> command lists, ranks, plots and explains it. Only this
    /// program can continue it, as it has the objective. A sampler, a schedule and scales of the program's own are named in the folder's
    /// search file, a record by its properties: going on with other ones is refused.</remarks>
    /// <param name="folder">The campaign's folder, for instance <c>results/mine</c>.</param>
    /// <param name="search">The definition.</param>
    /// <param name="objective">The objective, which evaluates trials.</param>
    /// <param name="time">The clock.</param>
    /// <returns>What
    /// <see cref="HyperSearchServices.AddHyperSearch(Microsoft.Extensions.DependencyInjection.IServiceCollection, CampaignRequest)"/>
    /// takes.</returns>
    /// <exception cref="ArgumentException">The search cannot run; nothing was kept.</exception>
    /// <exception cref="CampaignException">The folder holds another search's campaign; the message says how it differs.</exception>
    /// <exception cref="StoreException">The folder cannot be made or read.</exception>
    public static CampaignRequest Open(string folder, Search search, IObjective objective, TimeProvider time)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(time);
        SearchChecks.ThrowIfWrong(search, search.Workers ?? 1); // before anything is kept
        var campaign = Campaign.Open(new CampaignFolder(folder), time);
        if (campaign.Folder.Exists)
            return new CampaignRequest(campaign.Continue(search), objective, campaign.Folder) { Campaign = campaign };

        search = TrainerPrior.Begin(SlotLaw.Begin(search, search.Workers ?? Environment.ProcessorCount)).Search;
        try
        {
            campaign = Campaign.Create(campaign.Folder, SearchText.Of(search, Program),
                SearchFile.FolderOf(search) ?? Environment.CurrentDirectory, search, objective, time);
        }
        catch (StoreException refused)
        {
            throw new StoreException($"{refused.Message} Take {CampaignRequest.AnotherFolder}.", refused);
        }

        return new CampaignRequest(search, objective, campaign.Folder) { Campaign = campaign };
    }

    /// <summary>A consistent view of a campaign at this moment, whichever process began it; never waits for its owner.</summary>
    /// <remarks>What stands in a program's code, such as a scale of its own, is there by a stand-in that describes and cannot
    /// run.</remarks>
    /// <param name="folder">The campaign's folder.</param>
    /// <exception cref="StoreException">There is no campaign, or its journal is damaged.</exception>
    /// <exception cref="SearchFileException">Its search file does not validate.</exception>
    public static CampaignSnapshot Read(string folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var campaign = Campaign.Open(new CampaignFolder(folder));
        return campaign.Folder.Exists ? campaign.Read()
            : throw new StoreException($"There is no campaign in \"{campaign.Folder.Path}\": it has no journal.");
    }

    private static string Program => Assembly.GetEntryAssembly()?.GetName().Name ?? "a program";
}
