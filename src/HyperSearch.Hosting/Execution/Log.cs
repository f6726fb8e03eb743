using HyperSearch.Planning;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Execution;

internal static partial class Log
{
    [LoggerMessage(
        1, LogLevel.Information,
        "Campaign {Campaign} begins with trials: {Trials}, workers: {Workers}, outcomes of earlier sessions: {Resumed}")]
    public static partial void CampaignStarted(ILogger logger, string campaign, int trials, int workers, int resumed);

    [LoggerMessage(2, LogLevel.Information, "Campaign {Campaign} ended after {Seconds:F1} s: {Reason}")]
    public static partial void CampaignEnded(ILogger logger, string campaign, double seconds, string reason);

    [LoggerMessage(3, LogLevel.Warning, "Trial {Trial} failed; attempts: {Attempts}")]
    public static partial void TrialFailed(ILogger logger, int trial, int attempts, Exception exception);

    [LoggerMessage(4, LogLevel.Warning, "Trial {Trial}: attempt {Attempt} follows in {Delay:F1} s, because: {Reason}")]
    public static partial void TrialRetried(ILogger logger, int trial, int attempt, double delay, string? reason);

    [LoggerMessage(5, LogLevel.Error, "Trial {Trial} ignored its stop signal; worker {Worker} was given up and replaced")]
    public static partial void WorkerAbandoned(ILogger logger, int trial, int worker);

    [LoggerMessage(6, LogLevel.Warning, "An observer failed and is ignored: {Observer}")]
    public static partial void ObserverFailed(ILogger logger, string observer, Exception exception);

    [LoggerMessage(7, LogLevel.Warning, "{Recovery}")]
    public static partial void StoreRecovered(ILogger logger, string recovery);

    [LoggerMessage(8, LogLevel.Warning, "{Reason}")]
    public static partial void LiveStatusFailed(ILogger logger, string reason);

    [LoggerMessage(12, LogLevel.Warning, "{Fault}")]
    public static partial void IndexFailed(ILogger logger, string fault);

    [LoggerMessage(11, LogLevel.Warning, "Checkpoints that nobody needs any more could not be removed: {Reason}")]
    public static partial void CheckpointsNotRemoved(ILogger logger, string reason);

    [LoggerMessage(14, LogLevel.Warning, "Nobody can step into this campaign while it runs: {Reason}")]
    public static partial void NoControl(ILogger logger, string reason);

    [LoggerMessage(13, LogLevel.Warning, "{Sentence}")]
    public static partial void ObjectiveWarned(ILogger logger, string sentence);

    [LoggerMessage(10, LogLevel.Debug, "Job {Job} of trial {Trial} is on disk: {State} at epoch {Epochs}, value {Value}")]
    public static partial void OutcomeAcknowledged(ILogger logger, int job, int trial, OutcomeState state, int epochs, double? value);
}
