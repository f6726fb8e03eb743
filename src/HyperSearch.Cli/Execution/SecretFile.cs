using HyperSearch.Cli.Invocation;
using HyperSearch.Cli.Output;
using HyperSearch.Cluster;
using HyperSearch.Cluster.Security;
using HyperSearch.Hosting.Stores;

namespace HyperSearch.Cli.Execution;

/// <summary>A file with the secret of a cluster, for its owner's eyes only.</summary>
internal static class SecretFile
{
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.OtherRead | UnixFileMode.OtherWrite;

    /// <summary>The secret that a command line names, or else that of the environment; <c>null</c> when there is neither.</summary>
    /// <remarks>A file that others can read is told of and taken: secrets that a container is given are such files.</remarks>
    /// <exception cref="ClusterException">The file cannot be read, or it or the variable holds no secret.</exception>
    public static ClusterSecret? Given(string? file, Terminal terminal)
    {
        if (Directory.Exists(file))
            throw new ClusterException($"\"{file}\" is a folder; name the file of the secret in it.");
        var secret = ClusterSecret.FromFileOrEnvironment(file, Environment.GetEnvironmentVariable);
        if (file is not null && !OperatingSystem.IsWindows() && (File.GetUnixFileMode(file) & Others) != 0)
        {
            terminal.Warning($"Other users of this machine can open \"{file}\", and whoever knows the secret is taken for a worker, or for "
                + $"the host: chmod 600 {file}");
        }

        return secret;
    }

    /// <summary>The secret of a campaign that was given none: made once and kept in its folder, so that workers that wait find a resumed
    /// campaign again.</summary>
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

        return New(path);
    }

    /// <summary>Makes a secret and the file that holds it.</summary>
    /// <exception cref="IOException">The file exists, or cannot be made.</exception>
    public static ClusterSecret New(string path)
    {
        var secret = ClusterSecret.New();
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = Owner;
        using var file = new StreamWriter(path, options);
        file.WriteLine(secret.Reveal());
        return secret;
    }
}
