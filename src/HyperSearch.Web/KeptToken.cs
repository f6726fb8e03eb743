using System.Security.Cryptography;

namespace HyperSearch.Web;

/// <summary>The token of a user's own pages: made once and kept for the user's eyes only, so that a page which is open stays so when the
/// server starts again.</summary>
internal static class KeptToken
{
    private const int Bytes = 24;

    /// <summary>Reads the token, or makes it; where it cannot be kept, it lasts as long as the process.</summary>
    public static string Read()
    {
        var home = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return home.Length == 0 ? New() : Read(Path.Combine(home, "hypersearch", "page-token"));
    }

    /// <summary>Reads the token from a file, or makes the file.</summary>
    internal static string Read(string path)
    {
        try
        {
            if (File.Exists(path) && IsOurs(path) && File.ReadAllText(path).Trim() is { Length: >= Bytes } known)
                return known;
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.Delete(path);
            var token = New();
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            using var file = new StreamWriter(path, options);
            file.WriteLine(token);
            return token;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return New(); // a home that cannot be written: the token is printed all the same
        }
    }

    private static string New() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(Bytes));

    /// <summary>Whether nobody else may read or write a file.</summary>
    private static bool IsOurs(string path) => OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & ~(UnixFileMode.UserRead | UnixFileMode.UserWrite)) == 0;
}
