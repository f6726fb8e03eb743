using HyperSearch.Cli.Invocation;
using HyperSearch.Cluster;
using HyperSearch.Cluster.Security;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cli.Execution;

/// <summary>
/// The secret of a campaign that was given none: made once, kept in its folder for its owner's eyes only, so that workers that wait find a
/// resumed campaign again.
/// </summary>
internal static class KeptSecret
{
    /// <summary>Reads the campaign's secret, or makes it.</summary>
    /// <exception cref="CommandException">The file holds none.</exception>
    public static ClusterSecret Of(CampaignFolder folder)
    {
        var path = Path.Combine(folder.Path, "cluster.secret");
        if (CampaignFolder.IsLink(path))
            throw CommandException.Failed(CampaignFolder.RefusalOf(path));
        try
        {
            if (File.Exists(path))
                return ClusterSecret.FromFileOrEnvironment(path, _ => null)!;
        }
        catch (ClusterException unreadable)
        {
            throw CommandException.Failed($"{unreadable.Message} Remove it, and a new secret is made.", unreadable);
        }

        var secret = ClusterSecret.New();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        using var file = new StreamWriter(path, options);
        file.WriteLine(secret.Reveal());
        return secret;
    }
}
