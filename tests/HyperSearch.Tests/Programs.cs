using System.Diagnostics;

namespace HyperSearch.Tests;

/// <summary>Programs of this machine, and the processes that campaigns have started.</summary>
internal static class Programs
{
    /// <summary>Whether a program can be started.</summary>
    public static bool Exist(string program) => Succeed(program, "--version");

    /// <summary>Whether a program can be started and likes its arguments.</summary>
    public static bool Succeed(string program, params string[] arguments)
    {
        try
        {
            using var process =
                Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            process.WaitForExit();
            return process.ExitCode == 0;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return false;
        }
    }

    /// <summary>Whether a job's process lives whose checkpoints are below a folder.</summary>
    public static bool LiveBelow(string folder) => LiveWith($"HYPERSEARCH_CHECKPOINT_DIR={folder}");

    /// <summary>Whether a process lives whose environment begins a variable so.</summary>
    public static bool LiveWith(string variable) => Directory.EnumerateDirectories("/proc").Any(process =>
    {
        try
        {
            return File.ReadAllText(Path.Combine(process, "environ")).Contains(variable, StringComparison.Ordinal);
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    });
}
