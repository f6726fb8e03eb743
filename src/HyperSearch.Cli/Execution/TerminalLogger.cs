using HyperSearch.Cli.Output;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cli.Execution;

/// <summary>Sends log messages to stderr as plain lines: warnings and errors, with <c>--verbose</c> everything, and stack traces.</summary>
internal sealed class TerminalLogger(Terminal terminal, bool verbose) : ILogger, ILoggerProvider
{
    /// <inheritdoc/>
    public ILogger CreateLogger(string categoryName) => this;

    /// <inheritdoc/>
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    /// <inheritdoc/>
    public bool IsEnabled(LogLevel logLevel) => logLevel >= (verbose ? LogLevel.Debug : LogLevel.Warning) && logLevel != LogLevel.None;

    /// <inheritdoc/>
    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (!IsEnabled(logLevel))
            return;
        var message = formatter(state, exception);
        if (exception is not null)
            message += verbose ? Environment.NewLine + exception : ": " + exception.Message;
        if (logLevel >= LogLevel.Warning)
            terminal.Warning(message);
        else
            terminal.Note(message);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
    }
}
