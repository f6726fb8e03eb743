using System.Collections.Immutable;
using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>The definition under which a campaign goes on.</summary>
public static class CampaignResumption
{
    /// <summary>Reads a campaign's own search file, edited or not.</summary>
    /// <remarks>
    /// What may change between sessions is taken from the file as it is now (more trials, other workers, other limits); the seed is the one
    /// that the campaign
    /// began with. The number of trials is that of the last session unless the file says otherwise than it did in the beginning.
    /// </remarks>
    /// <param name="folder">The campaign.</param>
    /// <param name="trials">How many trials in all; <c>null</c> for as many as before.</param>
    /// <exception cref="CampaignException">The file now describes another search, or fewer trials are asked for than there are.</exception>
    /// <exception cref="SearchFileException">The file no longer validates.</exception>
    /// <exception cref="StoreException">The campaign cannot be read.</exception>
    public static Search Definition(CampaignFolder folder, int? trials)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var contents = JournalContents.Read(folder);
        var created = (CampaignCreated)contents.Events[0];
        var (first, now) = Versions(folder, created);
        var forbidden = SearchDiff.Between(first, now).Where(difference => !difference.MayChange).ToList();
        if (forbidden.Count > 0)
        {
            throw new CampaignException(
                $"\"{folder.SearchPath}\" was edited so that its earlier trials no longer belong to it: {string.Join("; ", forbidden)}. "
                + "Undo that, or start a new campaign with \"hypersearch run\" and another --name.");
        }

        var reached = contents.Events.OfType<SessionStarted>().LastOrDefault()?.Trials ?? now.Trials;
        var inForce = trials ?? (now.Trials != first.Trials ? now.Trials : reached);
        var proposed = CampaignReader.ReadOutcomes(folder).Select(outcome => outcome.Trial + 1).DefaultIfEmpty(0).Max();
        return inForce >= proposed
            ? created.InForce(now) with { Trials = inForce }
            : throw new CampaignException(
                $"The campaign \"{folder.Name}\" has {proposed} trials already; a resumed campaign may have more, not {inForce}.");
    }

    /// <summary>What the campaign's own search file says otherwise than in the beginning, and the campaign goes on with.</summary>
    /// <exception cref="SearchFileException">The file no longer validates.</exception>
    /// <exception cref="StoreException">The campaign cannot be read.</exception>
    public static ImmutableArray<SearchDifference> Edits(CampaignFolder folder)
    {
        ArgumentNullException.ThrowIfNull(folder);
        var (first, now) = Versions(folder, (CampaignCreated)JournalContents.Read(folder).Events[0]);
        return [.. SearchDiff.Between(first, now).Where(difference => difference.MayChange)];
    }

    private static (Search First, Search Now) Versions(CampaignFolder folder, CampaignCreated created)
    {
        var searchFolder = CampaignReader.SearchFolder(folder, created);
        return (SearchFile.Parse(created.SearchText, folder.SearchPath, searchFolder), SearchFile.Read(folder.SearchPath, searchFolder));
    }
}
