using HyperSearch.Planning;

namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>The answers of a worker so far about the trial in hand.</summary>
internal sealed class WorkerConversation(Job job, JobReporter reporter)
{
    private bool _hasMeasured;

    /// <summary>Whether the worker has no more to say: it is done, it gave up, or it broke the protocol.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Why the worker gave the trial up; <c>null</c> when it did not.</summary>
    public string? Error { get; private set; }

    /// <summary>Whether the worker thinks that trying again may help.</summary>
    public bool MayRetry { get; private set; }

    /// <summary>How the worker broke the protocol; <c>null</c> when it did not.</summary>
    public string? Breach { get; private set; }

    /// <summary>Hears an answer.</summary>
    /// <returns>Its measurement, when it is to be passed on.</returns>
    public Answer? Hear(Answer answer)
    {
        if (IsOver)
            return null; // an afterthought: it stays in the log
        if (answer.Trial is { } trial && trial != job.Trial)
        {
            (IsOver, Breach) = (true, $"it was asked for trial {job.Trial} and answered for trial {trial}");
            return null;
        }

        (IsOver, Error, MayRetry) = (answer.Done || answer.Error is not null, answer.Error, answer.Retry);
        if (!answer.IsMeasurement)
            return null;
        if (answer is { Done: true, Epoch: null } && _hasMeasured)
            return answer with { Epoch = reporter.LastEpoch }; // final figures of the last epoch
        _hasMeasured = true;
        return answer;
    }
}
