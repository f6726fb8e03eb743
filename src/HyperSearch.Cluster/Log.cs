using System.Net;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Cluster;

internal static partial class Log
{
    [LoggerMessage(101, LogLevel.Debug, "The host did not reply, so the report is repeated: {Reason}")]
    public static partial void ReplyLost(ILogger logger, string reason);

    [LoggerMessage(102, LogLevel.Warning, "The checkpoint of trial {Trial} could not be fetched, so it begins anew: {Reason}")]
    public static partial void CheckpointNotFetched(ILogger logger, int trial, string reason);

    [LoggerMessage(103, LogLevel.Warning, "The checkpoint of trial {Trial} could not be brought to the host: {Reason}")]
    public static partial void CheckpointNotSent(ILogger logger, int trial, string reason);

    [LoggerMessage(110, LogLevel.Debug, "The checkpoint of trial {Trial}, which is running, could not be brought to the host: {Reason}")]
    public static partial void CheckpointNotSentYet(ILogger logger, int trial, string reason);

    [LoggerMessage(104, LogLevel.Information, "{Machine} (process {Process}) joined as workers {First} to {Last}")]
    public static partial void WorkerJoined(ILogger logger, string machine, int process, int first, int last);

    [LoggerMessage(105, LogLevel.Information, "{Machine} (process {Process}) left: {Reason}")]
    public static partial void WorkerLeft(ILogger logger, string machine, int process, string reason);

    [LoggerMessage(106, LogLevel.Warning, "A worker on {Machine} (process {Process}) was refused: {Reason}")]
    public static partial void WorkerRefused(ILogger logger, string machine, int process, string reason);

    [LoggerMessage(112, LogLevel.Warning, "{Words}")]
    public static partial void Vacant(ILogger logger, string words);

    [LoggerMessage(108, LogLevel.Information, "Joined the campaign {Campaign} as workers {First} to {Last}")]
    public static partial void Joined(ILogger logger, string campaign, int first, int last);

    [LoggerMessage(109, LogLevel.Warning, "The folder {Folder} of this worker could not be removed: {Reason}")]
    public static partial void FolderNotRemoved(ILogger logger, string folder, string reason);

    [LoggerMessage(111, LogLevel.Warning, "The worker waits for the next campaign, because this one does not take it: {Reason}")]
    public static partial void Declined(ILogger logger, string reason);

    [LoggerMessage(107, LogLevel.Warning, "The outcome of job {Job} from worker process {Worker} cannot be read: {Reason}")]
    public static partial void OutcomeUnreadable(ILogger logger, int job, string worker, string reason);

    [LoggerMessage(1, LogLevel.Warning, "A worker at {Address} has another secret, or none, and was not let in")]
    public static partial void SecretRefused(ILogger logger, IPAddress address);
}
