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

    /// <summary>The first epoch at which the job may end, because a person stopped it before this attempt began; <c>null</c> when nobody
    /// has. So a checkpoint from beyond is of no use.</summary>
    internal int? StopsAt => null;

    /// <summary>Lets a trial that is a copy of another have the checkpoint that it began with again. Default: it is not kept.</summary>
    /// <returns>False where it is not kept.</returns>
    internal bool BeginAgain() => false;

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

    /// <summary>Warns people of something that no outcome shows. What several jobs say in the same words is told once in a session.
    /// Default: nobody is told.</summary>
    /// <param name="sentence">Sentences for people.</param>
    void Warn(string sentence)
    {
    }

    /// <summary>
    /// Says of the next report what its <see cref="Metric"/> was before it became NaN or an infinity, where the objective knows better
    /// than the number does. The outcome then has these words. Default: nothing.
    /// </summary>
    /// <param name="was">The beginning of a sentence that ends in the epoch: <c>loss was null</c>.</param>
    void ExplainDivergence(string was)
    {
    }

    /// <summary>
    /// Offers what each dev row adds to <see cref="Metric"/> by the last report; called at the end of a job. It is asked for where the
    /// trial
    /// is among the best so far, so that leaders can be compared row by row. Default: nobody asks.
    /// </summary>
    /// <param name="rows">Measures it; <c>null</c> where the metric is no mean over rows.</param>
    void OfferRows(Func<RowErrors?> rows)
    {
    }

    /// <summary>Tells how large the network's signals were in an epoch, before that epoch is reported. The first and the last of a job are
    /// kept. Default: nobody listens.</summary>
    /// <param name="signals">The norms.</param>
    void Note(SignalNorms signals)
    {
    }

    /// <summary>Reports the measurements after an epoch.</summary>
    /// <param name="epoch">Epochs trained in all, from 1.</param>
    /// <param name="metrics">Every metric by name; NaN and infinities are allowed; for the search's metric they mean
    /// divergence.</param>
    /// <returns>Whether to go on; when false, write a checkpoint if that is cheap, and return.</returns>
    bool Report(int epoch, IReadOnlyDictionary<string, double> metrics);

    /// <summary>
    /// Tells every metric of the epoch reported last, where fewer are measured after each epoch: the trial has them all, its learning curve
    /// those that were reported. Called at the end of a job. Default: nobody listens.
    /// </summary>
    /// <param name="metrics">Every metric by name, those of the report with the same values among them.</param>
    void ReportLast(IReadOnlyDictionary<string, double> metrics)
    {
    }
}
