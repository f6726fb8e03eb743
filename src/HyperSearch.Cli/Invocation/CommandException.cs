using System.Diagnostics.CodeAnalysis;

namespace HyperSearch.Cli.Invocation;

/// <summary>Ends a command with one or two plain sentences and an exit code.</summary>
/// <param name="exitCode">The exit code for the shell.</param>
/// <param name="message">A sentence that says what is wrong, where, and what would be right.</param>
/// <param name="cause">The exception that led to it, shown with <c>--verbose</c>.</param>
[SuppressMessage("Design", "CA1032", Justification = "Without an exit code and a message there is nothing to end a command with.")]
internal sealed class CommandException(int exitCode, string message, Exception? cause = null) : Exception(message, cause)
{
    /// <summary>The exit code.</summary>
    public int ExitCode { get; } = exitCode;

    /// <summary>Wrong usage: exit code 2.</summary>
    public static CommandException Usage(string message, Exception? cause = null) => new(Invocation.ExitCode.Usage, message, cause);

    /// <summary>The command failed: exit code 1.</summary>
    public static CommandException Failed(string message, Exception? cause = null) => new(Invocation.ExitCode.Failed, message, cause);
}
