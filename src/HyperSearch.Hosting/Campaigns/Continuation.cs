using HyperSearch.Hosting.Searches;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Campaigns;

/// <summary>Decides under which definition a campaign goes on, and refuses a definition of another search.</summary>
internal static class Continuation
{
    /// <summary>The definition of its search file as it is now.</summary>
    /// <param name="folder">The campaign's folder.</param>
    /// <param name="history">Its history.</param>
    /// <param name="first">The definition that it began with.</param>
    /// <param name="now">A reading of the file.</param>
    /// <param name="proposed">How many trials it has.</param>
    /// <param name="trials">How many trials in all; <c>null</c> for as many as before, and the failed ones that start again.</param>
    /// <param name="again">How many failed trials start again, as new trials.</param>
    /// <exception cref="CampaignException">The file now describes another search, or fewer trials are asked for than there are.</exception>
    public static Search Edited(
        CampaignFolder folder, CampaignHistory history, Search first, Search now, int proposed, int? trials, int again)
    {
        var forbidden = SearchDiff.Between(first, now).Where(difference => !difference.MayChange).ToList();
        if (forbidden.Count > 0)
        {
            throw new CampaignException(
                $"\"{folder.SearchPath}\" was edited so that its earlier trials no longer belong to it: {string.Join("; ", forbidden)}. "
                + "Undo that, or start a new campaign with \"hypersearch run\" and another --name.");
        }

        var asked = now.Trials != first.Trials ? now.Trials : history.TrialsAsked ?? now.Trials;
        var wanted = trials ?? asked + again;
        return wanted >= proposed + again
            ? history.Created.InForce(now) with { Trials = wanted }
            : throw new CampaignException($"The campaign \"{folder.Name}\" has {proposed} trials "
                + $"already{(again > 0 ? $", and {again} of them start again" : "")}; "
                + $"a resumed campaign may have {(again > 0 ? $"{proposed + again} or " : "")}more, not {wanted}.");
    }

    /// <summary>The definition of a search made in code.</summary>
    /// <param name="folder">The campaign's folder.</param>
    /// <param name="history">Its history: as many trials as people asked for while it ran are not taken back.</param>
    /// <param name="search">The search.</param>
    /// <exception cref="CampaignException">The campaign is of another search; the message says how it differs.</exception>
    public static Search InCode(CampaignFolder folder, CampaignHistory history, Search search)
    {
        var created = history.Created;
        var differences = created.SearchText.Split('\n').All(line => line.Length == 0 || line[0] == '#')
            ? [] // an earlier version kept no more than a remark of a search with parts in code
            : SearchDiff.Between(SearchFile.Parse(created.SearchText, folder.SearchPath, folder.Path), search)
                .Where(difference => !difference.MayChange).ToList();
        return differences.Count == 0
            ? created.InForce(search) with { Trials = Math.Max(search.Trials, history.TrialsByHand) }
            : throw new CampaignException(
                $"\"{folder.Path}\" holds a campaign of another search: {string.Join("; ", differences)}. "
                + "Go on with that search, or take another folder.");
    }
}
