using System.Runtime.InteropServices;
using System.Text;

namespace HyperSearch.Cli.Invocation;

/// <summary>Refuses to start where so few files may be open that the runtime could not load what the command needs, and would
/// abort.</summary>
/// <remarks>It uses the core library only, and writes by the system's own call, because the console would be a library more.</remarks>
internal static class OpenFiles
{
    /// <summary>A session on two workers takes some 130, its libraries most of them.</summary>
    private const int Fewest = 160;

    private const int LinuxOpenFiles = 7;
    private const int StandardError = 2;

    /// <summary>Says that there are too few.</summary>
    /// <returns>Whether there are too few.</returns>
    public static bool Refuse()
    {
        if (!OperatingSystem.IsLinux() || NativeMethods.Limit(LinuxOpenFiles, out var limits) != 0 || limits.Current >= Fewest)
            return false;
        var sentence = Encoding.UTF8.GetBytes($"error: Only {limits.Current} files may be open at a time (ulimit -n), and "
            + $"hypersearch needs {Fewest} and a few for each worker. Raise the limit: ulimit -n 1024\n");
        _ = NativeMethods.Write(StandardError, sentence, (nuint)sentence.Length);
        return true;
    }

    private struct Limits
    {
        public ulong Current;
        public ulong Most;
    }

    private static class NativeMethods
    {
        [DllImport("libc", EntryPoint = "getrlimit")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern int Limit(int resource, out Limits limits);

        [DllImport("libc", EntryPoint = "write")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        internal static extern nint Write(int file, byte[] bytes, nuint count);
    }
}
