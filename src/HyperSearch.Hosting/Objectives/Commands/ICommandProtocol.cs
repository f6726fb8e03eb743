namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>How jobs and measurements travel between us and a command.</summary>
internal interface ICommandProtocol : IDisposable
{
    /// <summary>Runs one job on the calling thread.</summary>
    /// <param name="context">The job.</param>
    /// <param name="checkpointFolder">The trial's folder.</param>
    /// <param name="reporter">Where measurements go.</param>
    /// <param name="log">The job's log.</param>
    /// <param name="stop">Cancelled when the job is to leave.</param>
    void Run(IJobContext context, string checkpointFolder, JobReporter reporter, JobLog log, CancellationToken stop);
}
