namespace HyperSearch.Cluster.Leases;

/// <summary>Leases that end without an outcome, because a worker is silent, leaves, or takes too long.</summary>
internal sealed partial class LeaseBook
{
    /// <summary>
    /// Ends the leases of workers that are silent, lets go of replies whose time has come, and gives jobs that take too long to a second
    /// worker.
    /// </summary>
    public Decisions Sweep(TimeSpan now)
    {
        var decisions = new Decisions();
        foreach (var worker in _workers.Values.Where(worker => now - worker.Heard >= rules.TimeToLive).ToList())
        {
            _workers.Remove(worker.Name);
            _hungry.Remove(worker);
            var began = worker.Runs.ToLookup(run => run.Since is not null); // the end of one lets the next begin
            foreach (var run in began[true].Concat(began[false]))
                End(run, mayHaveKilled: began[true].Contains(run), decisions, now);
        }

        HandOut(decisions, now);
        Duplicate(decisions, now);
        foreach (var worker in _workers.Values)
        {
            if (worker.Kept is { } draft && now >= draft.Leaves)
                Send(worker, draft, decisions);
        }

        return decisions;
    }

    /// <summary>Gives jobs that take too long to workers that have nothing else to do, the lowest number first.</summary>
    private void Duplicate(Decisions decisions, TimeSpan now)
    {
        if (_hungry.Count == 0 || _isPaused)
            return;
        foreach (var lease in _open.Values.Where(lease => _pace.IsOverdue(lease, now)))
        {
            if (_hungry.FirstOrDefault(worker => worker != lease.Runs[0].Worker) is not { } idle)
                return;
            idle.Add(new Run(lease, idle, isAdopted: false), now);
            idle.Kept!.Granted.Add(lease);
            Send(idle, idle.Kept!, decisions);
        }
    }

    /// <summary>Ends a run without an outcome. A job that only waited at a worker that died is not to blame.</summary>
    private void End(Run run, bool mayHaveKilled, Decisions decisions, TimeSpan now)
    {
        var lease = run.Lease;
        if (mayHaveKilled)
            lease.Losses++;
        run.Worker.Remove(run, now);
        if (lease.Runs.Count > 0)
            return; // the other worker goes on alone
        if (lease.Losses < rules.MostLosses)
        {
            _waiting.Add(lease.Job.Number);
            return;
        }

        lease.HasArrived = true;
        decisions.Arrivals.Add(new Arrival(lease.Job, null, lease.Losses, Worker: null));
    }
}
