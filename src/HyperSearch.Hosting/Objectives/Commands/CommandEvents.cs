using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>The log messages about commands.</summary>
internal static partial class CommandEvents
{
    [LoggerMessage(701, LogLevel.Warning, "The log {Path} cannot be used, and this job goes on without it: {Problem}")]
    public static partial void LogIsUnusable(this ILogger logger, string path, string problem);

    [LoggerMessage(702, LogLevel.Information, "Worker process {Process} has ended with {Status}; another takes its place")]
    public static partial void WorkerEnded(this ILogger logger, int process, string status);

    [LoggerMessage(703, LogLevel.Debug, "Worker process {Process} started")]
    public static partial void WorkerStarted(this ILogger logger, int process);
}
