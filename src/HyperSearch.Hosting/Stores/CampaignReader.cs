using HyperSearch.Hosting.Journals;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Stores;

/// <summary>Reads a campaign once, whether or not a process runs it; never writes, never waits.</summary>
public static class CampaignReader
{
    /// <summary>A consistent view of this moment.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="definition">Reads the definition: the folder's search file, with its relative paths as they were when it was created.</param>
    /// <exception cref="StoreException">There is no campaign, its journal is damaged, or its search file cannot be understood.</exception>
    public static CampaignSnapshot Read(CampaignFolder folder, Func<CampaignFolder, CampaignCreated, Search> definition) =>
        new CampaignFollower(folder, definition).Read();

    /// <summary>The same with its best trial only, and of the others how many ended in which way: what a status needs.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="definition">Reads the definition.</param>
    /// <exception cref="StoreException">There is no campaign, its journal is damaged, or its search file cannot be understood.</exception>
    public static CampaignSnapshot ReadSummary(CampaignFolder folder, Func<CampaignFolder, CampaignCreated, Search> definition)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(definition);
        return BestTrials.Read(folder, definition, count: 1, TimeProvider.System.GetUtcNow(), indexFrom: long.MaxValue);
    }

    /// <summary>Whether a living process runs a campaign.</summary>
    public static bool IsRunning(CampaignFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return CampaignLock.IsOwned(folder);
    }

    /// <summary>The same with its best trials only, for <c>rank --top</c>: at 100,000 trials it parses a handful.</summary>
    /// <param name="folder">The campaign.</param>
    /// <param name="count">How many trials at most.</param>
    /// <param name="definition">Reads the definition.</param>
    /// <exception cref="StoreException">There is no campaign, its journal is damaged, or its search file cannot be understood.</exception>
    public static CampaignSnapshot ReadBest(CampaignFolder folder, int count, Func<CampaignFolder, CampaignCreated, Search> definition)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(definition);
        return BestTrials.Read(folder, definition, count, TimeProvider.System.GetUtcNow());
    }

    /// <summary>The outcomes so far, in the order in which they were acknowledged, one at a time.</summary>
    /// <exception cref="StoreException">There is no campaign, or its journal is damaged.</exception>
    public static IEnumerable<Outcome> ReadOutcomes(CampaignFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        return JournalOutcomes.Read(folder.JournalPath);
    }

    /// <summary>The folder that relative paths of a campaign's search file start from: where they did when it was created, or, for a campaign that was moved with its data, the same place seen from the campaign.</summary>
    public static string SearchFolder(CampaignFolder folder, CampaignCreated created)
    {
        ArgumentNullException.ThrowIfNull(folder);
        ArgumentNullException.ThrowIfNull(created);
        return Directory.Exists(created.SearchFolder) ? created.SearchFolder : Path.GetFullPath(created.RelativeSearchFolder, folder.Path);
    }
}
