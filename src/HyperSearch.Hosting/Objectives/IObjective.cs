using HyperSearch.Planning;
using HyperSearch.Spaces;
using HyperSearch.Training.Data.Loading;

namespace HyperSearch.Hosting.Objectives;

/// <summary>Evaluates trials. One instance serves all workers, so every member is thread-safe.</summary>
/// <remarks>
/// Only <see cref="Run"/> is needed. The other members tell what else an objective knows; each has a default that says "not known" or "no".
/// </remarks>
public interface IObjective
{
    /// <summary>Runs one job on the calling thread, reporting each epoch's metrics as it goes.</summary>
    /// <param name="job">The job, its checkpoint folder, and where to report.</param>
    /// <param name="stop">Cancelled when the job has run out of time or the campaign is being interrupted: leave soon, by
    /// <see cref="OperationCanceledException"/>, with a checkpoint where that is possible.</param>
    /// <remarks>
    /// An exception is a failure of this attempt; <see cref="TransientFailureException"/> one that a second try may mend,
    /// <see cref="DivergenceException"/> a result like any other. The last report is the outcome.
    /// </remarks>
    void Run(IJobContext job, CancellationToken stop);

    /// <summary>
    /// The planned work of one epoch of a configuration, in any unit that is the same for all. The logical clock counts in it; what is
    /// not a positive, finite number counts as 1, and an exception ends the campaign. Default 1: every epoch costs the same.
    /// </summary>
    /// <param name="point">The configuration.</param>
    double WorkPerEpoch(Point point) => 1;

    /// <summary>
    /// How many weights and biases the model of a configuration has, for searches that trade them off (<see cref="Goal.Parameters"/>).
    /// Asked after a trial; an exception is a failure of that trial. Default <c>null</c>: not known without a report.
    /// </summary>
    /// <param name="point">The configuration.</param>
    double? ParametersOf(Point point) => null;

    /// <summary>
    /// Whether the files in a job's checkpoint folder only save time, so that the campaign may remove the folders of trials that will not
    /// go on. Default false: somebody may want to keep them.
    /// </summary>
    bool CheckpointsAreExpendable => false;

    /// <summary>
    /// A hash of the data. A resumed campaign is refused when it has changed, because old and new trials would not compare. Default
    /// <c>null</c>: the data are not known.
    /// </summary>
    string? DataFingerprint => null;

    /// <summary>
    /// How many rows judge a trial; the sampling noise of an error rate follows from them. Default <c>null</c>: not known.
    /// </summary>
    int? DevRows => null;

    /// <summary>A description of the data for people. Default <c>null</c>: not known.</summary>
    DataSummary? DataSummary => null;

    /// <summary>Whether <see cref="Judge"/> can evaluate the winner on data that no decision ever saw. Default false.</summary>
    bool JudgesWinner => false;

    /// <summary>Evaluates the winner, once, when the campaign has ended; called only where <see cref="JudgesWinner"/> is true.</summary>
    /// <param name="ranked">The trials that have a value, the best first: the first is the winner.</param>
    /// <param name="judging">The files that it leaves, the seed, and how many threads may train at once.</param>
    /// <param name="stop">Cancelled when the session is interrupted.</param>
    /// <returns>The verdict; <c>null</c> when there are no test data.</returns>
    /// <exception cref="OperationCanceledException"><paramref name="stop"/> was cancelled.</exception>
    Verdict? Judge(IReadOnlyList<Trial> ranked, Judging judging, CancellationToken stop) => null;
}
