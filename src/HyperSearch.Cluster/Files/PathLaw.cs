using System.Text;

namespace HyperSearch.Cluster.Files;

/// <summary>Which paths may come over the wire: names inside one folder that mean the same on every system.</summary>
/// <remarks>Sender and receiver both ask it, because neither trusts the other's disk.</remarks>
internal static class PathLaw
{
    private const int MostBytesOfName = 255;
    private const int MostCharacters = 1024;

    private static readonly string[] Devices =
    [
        "CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$",
        .. Enumerable.Range(0, 10).SelectMany(number => new[] { $"COM{number}", $"LPT{number}" }),
        "COM¹", "COM²", "COM³", "LPT¹", "LPT²", "LPT³",
    ];

    /// <summary>Why a path is refused, as the end of a sentence; <c>null</c> when it is sound.</summary>
    /// <param name="path">The path, with <c>/</c> between its names.</param>
    public static string? Fault(string path)
    {
        if (path.Length is 0 or > MostCharacters)
            return path.Length == 0 ? "is empty" : $"is longer than {MostCharacters} characters";
        if (path.Any(char.IsControl) || path.EnumerateRunes().Any(rune => rune == Rune.ReplacementChar))
            return "has a character that no terminal shows";
        if (path.AsSpan().ContainsAny('\\', ':'))
            return "has a \\ or a :, which mean folders and drives on Windows";
        foreach (var name in path.Split('/'))
        {
            if (name.Length == 0)
                return path[0] == '/' ? "is absolute" : "has an empty name";
            if (name is "." or "..")
                return "leads out of its folder";
            if (Encoding.UTF8.GetByteCount(name) > MostBytesOfName)
                return $"has a name of more than {MostBytesOfName} bytes";
            if (name[^1] is '.' or ' ')
                return "has a name that ends in a dot or a blank, which Windows leaves out";
            if (Devices.Contains(name.Split('.')[0].TrimEnd(' '), StringComparer.OrdinalIgnoreCase))
                return "has the name of a device of Windows";
        }

        return null;
    }
}
