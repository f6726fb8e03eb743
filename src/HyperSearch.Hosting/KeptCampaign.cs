using System.Reflection;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Execution;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting;

/// <summary>Campaigns in folders, for programs: begun, continued, and read, also while another process runs them.</summary>
public static class KeptCampaign
{
    /// <summary>Makes a campaign of a search that was made in code, or takes up the one that is there.</summary>
    /// <remarks>The folder is like any campaign's: the <c>hypersearch</c> command lists, ranks, plots and explains it. Only this
    /// program can continue it, as it has the objective.</remarks>
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
        ArgumentNullException.ThrowIfNull(search);
        ArgumentNullException.ThrowIfNull(objective);
        ArgumentNullException.ThrowIfNull(time);
        SearchChecks.ThrowIfWrong(search, search.Workers ?? 1); // before anything is kept
        var campaign = Campaign.Open(new CampaignFolder(folder), time);
        if (campaign.Folder.Exists)
            search = campaign.Continue(search, IsReadable(search));
        else
            campaign = Campaign.Create(campaign.Folder, TextOf(search), SearchFile.FolderOf(search) ?? Environment.CurrentDirectory, search,
                objective, time);
        return new CampaignRequest(search, objective, campaign.Folder) { Campaign = campaign };
    }

    /// <summary>A consistent view of a campaign at this moment, whichever process began it; never waits for its owner.</summary>
    /// <param name="folder">The campaign's folder.</param>
    /// <exception cref="StoreException">There is no campaign, or its journal is damaged.</exception>
    /// <exception cref="SearchFileException">Its search file does not validate.</exception>
    public static CampaignSnapshot Read(string folder) => Campaign.Open(new CampaignFolder(folder)).Read();

    /// <summary>The search as a file; only a remark where a file cannot say it, so that nothing but this program can read the
    /// campaign.</summary>
    private static string TextOf(Search search)
    {
        var program = Assembly.GetEntryAssembly()?.GetName().Name ?? "a program";
        return IsReadable(search)
            ? SearchText.Of(search, program)
            : $"# A search of {program}, with a scale, sampler or schedule of its own that search files do not know.\n";
    }

    private static bool IsReadable(Search search) =>
        SearchFile.Knows(search.Sampler, search.Schedule) && search.Space.Parameters.All(parameter => parameter.Scale.Written is not null);
}
