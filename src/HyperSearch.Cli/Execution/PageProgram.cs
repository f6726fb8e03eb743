using System.Diagnostics;
using System.Runtime.InteropServices;
using HyperSearch.Cli.Invocation;

namespace HyperSearch.Cli.Execution;

/// <summary>The program of the live page, which lies beside this one and alone needs the ASP.NET Core runtime; see decision 0007.</summary>
internal static class PageProgram
{
    private const string Framework = "Microsoft.AspNetCore.App";

    /// <summary>Runs it until it ends, or is told to.</summary>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="stop">Cancelled when it shall end.</param>
    /// <returns>The exit code.</returns>
    /// <exception cref="CommandException">It, or what it needs, is not there.</exception>
    public static async Task<int> RunAsync(IEnumerable<string> arguments, CancellationToken stop)
    {
        var host = DotNet();
        var program = Path.Combine(AppContext.BaseDirectory, "HyperSearch.Web.dll");
        if (!File.Exists(program))
            throw CommandException.Failed($"The page's program \"{program}\" is missing; install the command anew.");
        var start = new ProcessStartInfo(host) { RedirectStandardInput = true };
        foreach (var argument in arguments.Prepend(program).Prepend("exec"))
            start.ArgumentList.Add(argument);
        using var page = Process.Start(start) ?? throw CommandException.Failed("The page's program did not start.");
        using var told = stop.Register(page.StandardInput.Close); // its standard input ends too when this process dies in any other way
        await page.WaitForExitAsync(CancellationToken.None);
        return page.ExitCode;
    }

    /// <summary>The .NET host that has the framework: the one that runs this program.</summary>
    private static string DotNet()
    {
        // The runtime lies in ROOT/shared/Microsoft.NETCore.App/VERSION.
        var root = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", ".."));
        var host = Path.Combine(root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");
        var frameworks = Path.Combine(root, "shared", Framework);
        var major = $"{Environment.Version.Major}.";
        if (!File.Exists(host) || !Directory.Exists(frameworks)
            || !Directory.EnumerateDirectories(frameworks).Any(path => Path.GetFileName(path).StartsWith(major, StringComparison.Ordinal)))
        {
            throw CommandException.Failed(
                $"\"serve\" needs the ASP.NET Core runtime {Environment.Version.Major} beside the .NET runtime that runs this command, and "
                + $"there is none under \"{root}\". The .NET SDK has it; a program that was published with a runtime of its own has not, "
                + "so serve with the command run from the SDK or installed as a tool.");
        }

        return host;
    }
}
