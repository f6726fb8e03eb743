using System.Globalization;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>How a process ended: by itself with an exit code, or by a signal; neither when the system no longer knows.</summary>
/// <param name="Code">The exit code, 0 to 255; <c>null</c> when a signal ended it.</param>
/// <param name="Signal">The signal's number; <c>null</c> when it exited by itself.</param>
internal readonly record struct ExitStatus(int? Code, int? Signal)
{
    /// <summary>Reads the status that <c>waitpid</c> gives.</summary>
    public static ExitStatus OfWait(int status) => (status & 0x7F) == 0 ? new((status >> 8) & 0xFF, null) : new(null, status & 0x7F);

    /// <summary>Whether the process says that all went well.</summary>
    public bool Succeeded => Code == 0;

    /// <summary>The status in words: <c>exit code 3</c>, <c>signal 9 (SIGKILL)</c>.</summary>
    public override string ToString() => (Code, Signal) switch
    {
        ({ } code, _) => string.Create(CultureInfo.InvariantCulture, $"exit code {code}"),
        (_, { } signal) when NameOf(signal) is { } name => string.Create(CultureInfo.InvariantCulture, $"signal {signal} ({name})"),
        (_, { } signal) => string.Create(CultureInfo.InvariantCulture, $"signal {signal}"),
        _ => "an unknown exit code",
    };

    private static string? NameOf(int signal) => signal switch
    {
        1 => "SIGHUP",
        2 => "SIGINT",
        3 => "SIGQUIT",
        4 => "SIGILL",
        6 => "SIGABRT",
        7 => "SIGBUS",
        8 => "SIGFPE",
        9 => "SIGKILL, as when memory runs out",
        11 => "SIGSEGV",
        13 => "SIGPIPE",
        14 => "SIGALRM",
        15 => "SIGTERM",
        24 => "SIGXCPU",
        25 => "SIGXFSZ",
        _ => null,
    };
}
