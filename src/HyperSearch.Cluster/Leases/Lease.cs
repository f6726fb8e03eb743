using HyperSearch.Planning;

namespace HyperSearch.Cluster.Leases;

/// <summary>A job that is not yet on disk: it waits, is run by one worker or two, or has arrived.</summary>
internal sealed class Lease(Job job, byte[] form)
{
    /// <summary>The job.</summary>
    public Job Job => job;

    /// <summary>The job as it is sent.</summary>
    public GrantedJob Grant { get; } = new(job.Number, JobForm.IdentityOf(form), form);

    /// <summary>Who runs it: nobody while it waits and when it has arrived, and a second worker when the first takes too long.</summary>
    public List<Run> Runs { get; } = [];

    /// <summary>Where it is to end early; <c>null</c> when it is not.</summary>
    public StoppingJob? Stop { get; set; }

    /// <summary>How many workers were lost while they ran it.</summary>
    public int Losses { get; set; }

    /// <summary>Whether its outcome has come; the lease ends when that is on disk.</summary>
    public bool HasArrived { get; set; }

    /// <summary>Who brought the outcome; <c>null</c> before, and for a job that has cost too many workers.</summary>
    public WorkerProcess? BroughtBy { get; set; }
}

/// <summary>A lease in the hands of a worker.</summary>
/// <param name="lease">The lease.</param>
/// <param name="worker">The worker.</param>
/// <param name="isAdopted">Whether the worker had the job before this host knew, so that nobody knows since when.</param>
internal sealed class Run(Lease lease, WorkerProcess worker, bool isAdopted)
{
    /// <summary>The lease.</summary>
    public Lease Lease => lease;

    /// <summary>The worker.</summary>
    public WorkerProcess Worker => worker;

    /// <summary>Whether the worker had the job before this host knew.</summary>
    public bool IsAdopted => isAdopted;

    /// <summary>Epochs trained so far.</summary>
    public int Epoch { get; set; } = lease.Job.FromEpochs;

    /// <summary>The metric that decides, at that epoch; <c>null</c> before the first report that has it.</summary>
    public double? Value { get; set; }

    /// <summary>Which of the worker's slots runs it; <c>null</c> while it waits there, and before the worker has told.</summary>
    public int? Slot { get; set; }

    /// <summary>When a slot began it; <c>null</c> while it waits there for one.</summary>
    public TimeSpan? Since { get; set; }
}
