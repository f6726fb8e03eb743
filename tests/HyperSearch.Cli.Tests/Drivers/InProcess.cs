using System.Diagnostics;
using System.Text.RegularExpressions;
using HyperSearch.Cli.Output;
using HyperSearch.Cli.Tests.EndToEnd;

namespace HyperSearch.Cli.Tests.Drivers;

/// <summary>The command as a call in this process: many times faster than a process for each look.</summary>
internal static partial class InProcess
{
    private static readonly TimeSpan MostPatience = TimeSpan.FromMinutes(2);

    /// <summary>Runs a command line to its end.</summary>
    public static Task<Finished> RunAsync(params string[] arguments) => RunAsync(TimeProvider.System, arguments);

    /// <summary>Runs a command line to its end by a clock.</summary>
    public static async Task<Finished> RunAsync(TimeProvider time, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var code = await CommandLine.RunAsync(arguments, Terminal.Piped(output, error), time);
        return new Finished(code, output.ToString(), error.ToString());
    }

    /// <summary>The same within a time of the processor, so that a busy machine makes nothing hang, and within two minutes; whatever takes
    /// longer goes on in the background and counts as hung.</summary>
    /// <returns><c>null</c> when it hung.</returns>
    public static async Task<Finished?> RunAsync(TimeSpan longest, params string[] arguments)
    {
        var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var running = Task.Run(() => RunAsync(arguments));
        while (await Task.WhenAny(running, Task.Delay(TimeSpan.FromSeconds(1))) != running)
        {
            var elapsed = Stopwatch.GetElapsedTime(began);
            if (elapsed > MostPatience || (elapsed > longest && Environment.CpuUsage.TotalTime - used > longest))
                return null;
        }

        return await running;
    }

    /// <summary>What no user may ever read: a stack trace, the name of an exception, the words for what nobody had thought of.</summary>
    public static string? Blunder(Finished finished) =>
        Unfit().Match($"{finished.Error}\n{finished.Output}") is { Success: true } match ? match.Value.Trim() : null;

    [GeneratedRegex(@"Something unexpected[^\n]*|^ +at [A-Z]\w+\.[^\n]*|[^\n]*\b(System|YamlDotNet|LiteDB)\.\w*Exception[^\n]*|"
        + @"Object reference not set[^\n]*|[^\n]*\(Parameter '[^\n]*|[^\n]*was (?:out of range|outside the bounds)[^\n]*",
        RegexOptions.Multiline)]
    private static partial Regex Unfit();
}
