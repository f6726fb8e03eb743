namespace HyperSearch.Cluster.Leases;

/// <summary>How long jobs take here, and which takes too long.</summary>
internal sealed class Pace(LeaseRules rules)
{
    private const double Learning = 0.05; // the weight of one job in the mean of what an epoch takes

    private double? _secondsPerEpoch;

    /// <summary>Learns from a job that a worker has just brought; from one that it had before this host knew, nothing.</summary>
    public void Learn(Lease lease, WorkerProcess worker, TimeSpan now)
    {
        if (lease.Runs.Find(run => run.Worker == worker) is not { IsAdopted: false, Since: { } since })
            return;
        var seconds = (now - since).TotalSeconds / Math.Max(1, EpochsOf(lease));
        _secondsPerEpoch = _secondsPerEpoch is { } mean ? mean + (Learning * (seconds - mean)) : seconds;
    }

    /// <summary>Whether a single worker runs a job and has done so for too long.</summary>
    public bool IsOverdue(Lease lease, TimeSpan now)
    {
        if (rules.BackupAfter <= 0 || _secondsPerEpoch is not { } perEpoch || lease.Runs is not [{ Since: { } since }])
            return false;
        var elapsed = now - since;
        return elapsed > rules.SoonestBackup && elapsed.TotalSeconds > rules.BackupAfter * perEpoch * EpochsOf(lease);
    }

    private static int EpochsOf(Lease lease) => lease.Job.ToEpochs - lease.Job.FromEpochs;
}
