using System.Text.RegularExpressions;
using HyperSearch.Cli.Invocation;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Cli.Execution;

/// <summary>Makes the folder of a new campaign; all of it or nothing.</summary>
internal static class NewCampaign
{
    /// <summary>Refuses a name that cannot be a folder's.</summary>
    public static void RefuseUnfit(string name)
    {
        if (!Regex.IsMatch(name, $"^(?:{Search.NamePattern})\\z", RegexOptions.CultureInvariant))
            throw CommandException.Usage($"\"{name}\" cannot be the name of a campaign's folder. Take another: " +
                "letters, digits, dots, _ and -.");
    }

    /// <summary>Refuses a name that cannot be a folder's, and one that is taken.</summary>
    /// <exception cref="CommandException">With another name that would do.</exception>
    public static void RefuseName(string results, string name)
    {
        RefuseUnfit(name);
        var folder = Path.Combine(results, name);
        if (Directory.Exists(folder) || File.Exists(folder))
        {
            throw CommandException.Usage(
                $"{folder} exists already. To continue that campaign: hypersearch resume {name}. To start another: " +
                $"--name {Free(results, name)}.");
        }
    }

    /// <summary>Makes the folder with its copy of the search file.</summary>
    /// <exception cref="CommandException">It cannot be made.</exception>
    public static Campaign Create(string results, string name, string searchPath, string text, Search search, IObjective objective,
        TimeProvider time)
    {
        var searchFolder = Path.GetDirectoryName(Path.GetFullPath(searchPath))!;
        var folder = new CampaignFolder(Path.Combine(results, name));
        try
        {
            return Campaign.Create(folder, text, searchFolder, search, objective, time);
        }
        catch (StoreException refused)
        {
            throw CommandException.Usage($"{refused.Message} Choose another name with --name, or another folder with --results.", refused);
        }
    }

    private static string Free(string results, string name)
    {
        for (var number = 2; ; number++)
        {
            var candidate = $"{name}-{number}";
            if (!Directory.Exists(Path.Combine(results, candidate)))
                return candidate;
        }
    }
}
