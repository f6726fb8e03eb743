using HyperSearch.Planning;

namespace HyperSearch.Hosting.Objectives;

/// <summary>A job as its objective sees it.</summary>
public interface IJobContext
{
    /// <summary>The job: the configuration, its seed, and the epochs to train.</summary>
    Job Job { get; }

    /// <summary>The metric that the search minimizes or maximizes; a report without it does not count as a result.</summary>
    string Metric { get; }

    /// <summary>A folder of this trial's own, kept from job to job; asking for it makes it.</summary>
    string CheckpointFolder { get; }

    /// <summary>Whether an earlier job, attempt or session has made <see cref="CheckpointFolder"/>.</summary>
    bool HasCheckpointFolder { get; }

    /// <summary>
    /// The path of this job's own log, for instance <c>logs/000017-2.log</c> in the campaign's folder. Asking for it makes its folder; the
    /// file need not exist. Another attempt at the same job gets the same path.
    /// </summary>
    string LogPath { get; }

    /// <summary>The number of the worker that runs the job, from 0: no two jobs at a time have the same. Default 0.</summary>
    int Worker => 0;

    /// <summary>
    /// Says why the last report lacks <see cref="Metric"/>, or why there is none, where the objective knows better than that. The outcome
    /// is then a failure with this reason. Default: nothing.
    /// </summary>
    /// <param name="reason">Sentences for people.</param>
    void ExplainMissingMetric(string reason)
    {
    }

    /// <summary>Reports the measurements after an epoch.</summary>
    /// <param name="epoch">Epochs trained in all, from 1.</param>
    /// <param name="metrics">Every metric by name; NaN and infinities are allowed; for the search's metric they mean
    /// divergence.</param>
    /// <returns>Whether to go on; when false, write a checkpoint if that is cheap, and return.</returns>
    bool Report(int epoch, IReadOnlyDictionary<string, double> metrics);
}
