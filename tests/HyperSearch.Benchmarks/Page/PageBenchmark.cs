using System.Diagnostics;

namespace HyperSearch.Benchmarks.Page;

/// <summary>Measures the live page with real processes: <c>page [start] [latency] [viewers] [memory] [--trials N]</c>; needs
/// python3.</summary>
internal static class PageBenchmark
{
    /// <summary>Runs the command.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments)
    {
        string Beside(string file) => Path.Combine(AppContext.BaseDirectory, file);
        using var measuring = Process.Start(new ProcessStartInfo("python3",
            [Beside(Path.Combine("Page", "page.py")), Beside("HyperSearch.Cli.dll"), Beside("HyperSearch.Benchmarks.dll"), .. arguments]))!;
        measuring.WaitForExit();
        return measuring.ExitCode;
    }
}
