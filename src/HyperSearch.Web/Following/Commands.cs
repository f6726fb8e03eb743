using System.Globalization;
using System.Text.RegularExpressions;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Documents;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Hosting.Stores;
using HyperSearch.Planning;

namespace HyperSearch.Web.Following;

/// <summary>Commands by which a person goes on with a campaign, or adds workers to it, ready to be pasted.</summary>
internal static partial class Commands
{
    /// <summary>Each command with what it does.</summary>
    public static IEnumerable<(string Does, string Command)> Of(Campaign campaign, CampaignSnapshot now)
    {
        if (CodeParts.NeedProgram(now.Search))
            return []; // its program alone can run it
        var name = Word(campaign.Folder);
        return now.State == CampaignState.Running ? MoreWorkers(campaign.Folder, name) : Further(now, name);
    }

    /// <summary>A campaign as a command line names it: by its name where it lies under <c>results</c>, else by its path.</summary>
    internal static string Word(CampaignFolder folder)
    {
        var word = Path.GetFullPath(Path.Combine("results", folder.Name)) == folder.Path ? folder.Name : folder.Path;
        return Plain().IsMatch(word) ? word : $"'{word.Replace("'", "'\\''", StringComparison.Ordinal)}'";
    }

    /// <summary>Who goes on with a campaign that does not run: a command, or the program that has its code.</summary>
    internal static string GoingOn(CampaignSnapshot now) => CodeParts.NeedProgram(now.Search)
        ? "the program that has its code"
        : $"\"hypersearch resume {Word(new CampaignFolder(now.Folder))}\"";

    private static IEnumerable<(string, string)> MoreWorkers(CampaignFolder folder, string name)
    {
        if (CampaignLock.Owner(folder) is not { } owner)
            yield break;
        if (owner.Command is { } command && Listening().Match(command) is { Success: true, Groups: var found })
        {
            var host = found["host"].Value is "0.0.0.0" or "[::]" or "*" ? owner.Machine : found["host"].Value;
            var secret = Path.Combine(folder.Path, "cluster.secret");
            yield return ("Adds workers, on this machine or another" + (File.Exists(secret) ? $", which need a copy of {secret}" : ""),
                $"hypersearch worker --connect {host}:{found["port"].Value}"
                + (File.Exists(secret) ? " --secret-file cluster.secret" : ""));
            yield break;
        }

        yield return ("More workers here: stop it, then", $"hypersearch resume {name} --workers {Environment.ProcessorCount}");
        yield return ("Workers on other machines too: stop it, then", $"hypersearch resume {name} --listen 0.0.0.0:7766");
    }

    private static IEnumerable<(string, string)> Further(CampaignSnapshot now, string name)
    {
        var counts = Counts.Of(now);
        if (now.State == CampaignState.Interrupted)
            yield return ("Goes on where it was", $"hypersearch resume {name}");
        yield return ("More trials", string.Create(CultureInfo.InvariantCulture,
            $"hypersearch resume {name} --trials {2 * Math.Max(counts.Planned, counts.Ended)}"));
        if (counts.Failed > 0)
            yield return ("Starts its failed trials again, as new trials", $"hypersearch resume {name} --retry-failed");
    }

    [GeneratedRegex(@"^[\w./-]+$")]
    private static partial Regex Plain();

    [GeneratedRegex(@"--listen[ =](?<host>\S+):(?<port>\d+)")]
    private static partial Regex Listening();
}
