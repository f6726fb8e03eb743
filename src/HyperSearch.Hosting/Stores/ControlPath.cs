using System.Security.Cryptography;
using System.Text;

namespace HyperSearch.Hosting.Stores;

/// <summary>Where the owner of a campaign hears wishes: a socket in a folder of this user's own.</summary>
/// <remarks>It is not in the campaign's folder: the path of a socket has at most 107 bytes, a network disk carries none, and a folder that
/// is copied must hold files only. <c>owner.json</c> tells others where it is.</remarks>
internal static class ControlPath
{
    /// <summary>The socket of a campaign; nothing is made.</summary>
    public static string Of(CampaignFolder folder)
    {
        var name = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(folder.Path)))[..24];
        return Path.Combine(Folder(), name + ".sock");
    }

    /// <summary>Makes the folder of a socket, for this user only.</summary>
    /// <exception cref="IOException">Somebody else has a folder there.</exception>
    public static void Make(string socket)
    {
        var folder = Path.GetDirectoryName(socket)!;
        const UnixFileMode Own = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
        const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
            | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        Directory.CreateDirectory(folder, Own);
        if ((File.GetUnixFileMode(folder) & Others) != 0) // a bit such as setgid may come from the folder above
            throw new IOException($"The folder \"{folder}\" is open to other users. Remove it, and a new one is made.");
    }

    private static string Folder() => Environment.GetEnvironmentVariable("XDG_RUNTIME_DIR") is { Length: > 0 } own && Directory.Exists(own)
        ? Path.Combine(own, "hypersearch")
        : Path.Combine(Path.GetTempPath(), $"hypersearch-{Environment.UserName}");
}
