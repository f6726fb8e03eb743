namespace HyperSearch.Hosting.Objectives;

/// <summary>Evaluates a trial. One instance serves all workers, so <see cref="Run"/> is thread-safe.</summary>
public interface IObjective
{
    /// <summary>Runs one job on the calling thread, reporting each epoch's metrics as it goes.</summary>
    /// <param name="job">The job, its checkpoint folder, and where to report.</param>
    /// <param name="stop">Cancelled when the job has run out of time or the campaign is being interrupted: leave soon, by <see cref="OperationCanceledException"/>, with a checkpoint where that is possible.</param>
    /// <remarks>An exception is a failure of this attempt; <see cref="TransientFailureException"/> one that a second try may mend, <see cref="DivergenceException"/> a result like any other. The last report is the outcome.</remarks>
    void Run(IJobContext job, CancellationToken stop);

    /// <summary>The planned work of one epoch of a configuration, in any unit that is the same for all; 1 when unknown. The logical clock counts in it.</summary>
    double WorkPerEpoch(Spaces.Point point);

    /// <summary>Whether what a job leaves in its checkpoint folder saves time and nothing else, so that the campaign removes the folders of trials that will not go on. Default false: they may hold what somebody wants to keep.</summary>
    bool CheckpointsAreExpendable => false;
}
