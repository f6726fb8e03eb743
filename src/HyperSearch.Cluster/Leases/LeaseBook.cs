using HyperSearch.Planning;

namespace HyperSearch.Cluster.Leases;

/// <summary>
/// Which worker process has which job: the host's side of the protocol, without a clock, a thread or a wire. The same calls make the same
/// decisions.
/// </summary>
/// <remarks>
/// <para>
/// A job waits, is leased to a worker, has arrived, and is gone when its outcome is on disk. A lease that ends without an outcome waits
/// again, and the job with the lowest number goes first, because it is what the logical clock waits for. Any run of a job is a run of that
/// job: the first outcome counts, whoever brings it, whether its lease lives or not.
/// </para>
/// <para>
/// Nothing here is kept. After a crash the planner makes the same jobs again, workers say what they hold, and those jobs are theirs
/// again.
/// </para>
/// <para>Not thread-safe.</para>
/// </remarks>
/// <param name="incarnation">The name of this session of the host.</param>
/// <param name="rules">Times and counts.</param>
/// <param name="adoptsUntil">
/// Until when a job goes only to a worker that says that it has it, so that what the last host had handed out is not run twice.
/// </param>
internal sealed partial class LeaseBook(string incarnation, LeaseRules rules, TimeSpan adoptsUntil = default)
{
    private readonly SortedDictionary<int, Lease> _open = [];
    private readonly SortedSet<int> _waiting = [];
    private readonly Dictionary<string, WorkerProcess> _workers = [];
    private readonly LinkedList<WorkerProcess> _hungry = []; // they listen and have room, the longest waiting first
    private readonly Dictionary<int, (WorkerProcess Worker, ulong Identity)> _claims = []; // jobs beyond the highest that a worker has
    private readonly Dictionary<(int Trial, int Repeat), string> _homes = []; // the worker that ran the last job of a trial
    private readonly Dictionary<int, StoppingJob> _stops = []; // of jobs beyond the highest
    private int _highest = -1;
    private TimeSpan _adoptsUntil = adoptsUntil;
    private readonly Pace _pace = new(rules);
    private bool _isPaused;
    private bool _isOver;

    /// <summary>Takes in a job that was planned.</summary>
    /// <param name="job">The job; its number was never offered before.</param>
    /// <param name="form">The job as it is sent.</param>
    /// <param name="now">The time since the host began.</param>
    public Decisions Offer(Job job, byte[] form, TimeSpan now)
    {
        var decisions = new Decisions();
        var lease = new Lease(job, form);
        if (_stops.Remove(job.Number, out var stopping))
            lease.Stop = stopping;
        _open.Add(job.Number, lease);
        _highest = Math.Max(_highest, job.Number);
        if (_claims.Remove(job.Number, out var claim) && claim.Identity == lease.Grant.Identity && _workers.ContainsValue(claim.Worker))
        {
            claim.Worker.Add(new Run(lease, claim.Worker, isAdopted: true), now);
            return decisions;
        }

        _waiting.Add(job.Number);
        HandOut(decisions, now);
        return decisions;
    }

    /// <summary>Takes a worker's report and decides what it is to hold.</summary>
    /// <param name="report">The report.</param>
    /// <param name="now">The time since the host began.</param>
    public Decisions Hear(Report report, TimeSpan now)
    {
        var decisions = new Decisions();
        if (!_workers.TryGetValue(report.Worker, out var worker))
            _workers.Add(report.Worker, worker = new WorkerProcess(report.Worker));
        worker.Heard = now;
        var draft = new ReplyDraft(report.Number, now + report.Wait);
        foreach (var finished in report.Finished)
            Finish(worker, finished, draft, decisions, now);
        if (report.Number <= worker.Number)
        {
            Send(worker, draft, decisions); // it comes late: its outcomes count, what it says of the present does not
            HandOut(decisions, now);
            return decisions;
        }

        if (worker.Kept is { } older)
            Send(worker, older, decisions);
        worker.Take(report);
        Compare(worker, report, draft, decisions, now);
        Fill(worker, draft, now);
        if (draft.IsUrgent || _isOver || now >= draft.Leaves || (worker.IsDraining && draft.Acknowledged.Count > 0))
            Send(worker, draft, decisions);
        else
            Keep(worker, draft);
        HandOut(decisions, now);
        return decisions;
    }

    /// <summary>An outcome is on disk.</summary>
    public Decisions Acknowledge(int job)
    {
        var decisions = new Decisions();
        if (!_open.Remove(job, out var lease) || lease.BroughtBy is not { Kept: { } draft } worker)
            return decisions;
        draft.Acknowledged.Add(job);
        if (worker.IsDraining)
            Send(worker, draft, decisions); // it waits for nothing else
        return decisions;
    }

    /// <summary>A job, planned or still to come, is to end early: whoever runs it, now or later, hears of it.</summary>
    public Decisions Stop(StoppingJob stopping)
    {
        var decisions = new Decisions();
        if (stopping.Job > _highest)
            _stops.TryAdd(stopping.Job, stopping);
        if (!_open.TryGetValue(stopping.Job, out var lease) || lease.Stop is not null)
            return decisions;
        lease.Stop = stopping;
        foreach (var run in lease.Runs)
        {
            if (run.Worker.Kept is not { } draft)
                continue; // its next report will tell that it holds the job
            draft.Stopping.Add(stopping);
            Send(run.Worker, draft, decisions);
        }

        return decisions;
    }

    /// <summary>The campaign needs nothing more: every worker hears of it.</summary>
    public Decisions Finish()
    {
        _isOver = true;
        var decisions = new Decisions();
        foreach (var worker in _workers.Values)
        {
            if (worker.Kept is { } draft)
                Send(worker, draft, decisions);
        }

        return decisions;
    }

    private void Finish(WorkerProcess worker, FinishedJob finished, ReplyDraft draft, Decisions decisions, TimeSpan now)
    {
        if (!_open.TryGetValue(finished.Job, out var lease))
        {
            if (finished.Job <= _highest)
                draft.Acknowledged.Add(finished.Job);
            else
                _claims[finished.Job] = (worker, finished.Identity); // it follows from outcomes that were lost with the last host
            return;
        }

        if (lease.Grant.Identity != finished.Identity)
        {
            draft.Refused.Add(finished.Job);
            return;
        }

        if (lease.HasArrived)
            return;
        if (finished.Outcome is null)
        {
            draft.Wanted.Add(finished.Job);
            return;
        }

        _pace.Learn(lease, worker, now);
        foreach (var run in lease.Runs.ToList())
        {
            run.Worker.Remove(run, now);
            if (run.Worker != worker && run.Worker.Kept is { } kept)
            {
                kept.Dropped.Add(finished.Job);
                Send(run.Worker, kept, decisions);
            }
        }

        _waiting.Remove(finished.Job);
        (lease.HasArrived, lease.BroughtBy) = (true, worker);
        _homes[(lease.Job.Trial, lease.Job.Repeat)] = worker.Name;
        decisions.Arrivals.Add(new Arrival(lease.Job, finished.Outcome, lease.Losses, worker.Name));
    }

    /// <summary>Brings what a worker says it holds and what it is to hold together.</summary>
    private void Compare(WorkerProcess worker, Report report, ReplyDraft draft, Decisions decisions, TimeSpan now)
    {
        var mentioned = report.Finished.Select(finished => finished.Job).ToHashSet();
        foreach (var held in report.Held)
        {
            mentioned.Add(held.Job);
            Hold(worker, held, draft, now);
        }

        foreach (var run in worker.Runs.Where(run => !mentioned.Contains(run.Lease.Job.Number)).ToList())
        {
            if (worker.IsDraining)
                End(run, mayHaveKilled: false, decisions, now);
            else
                draft.Granted.Add(run.Lease); // the reply that granted it was lost, or is still on its way
        }
    }

    private void Hold(WorkerProcess worker, HeldJob held, ReplyDraft draft, TimeSpan now)
    {
        if (!_open.TryGetValue(held.Job, out var lease))
        {
            if (held.Job <= _highest)
                draft.Dropped.Add(held.Job);
            else
                _claims[held.Job] = (worker, held.Identity); // not planned again yet, so it goes on
            return;
        }

        var own = lease.Runs.Find(run => run.Worker == worker);
        if (own is null && lease is { HasArrived: false, Runs.Count: 0 } && lease.Grant.Identity == held.Identity)
        {
            _waiting.Remove(held.Job);
            worker.Add(own = new Run(lease, worker, isAdopted: true), now);
        }

        if (own is null || lease.Grant.Identity != held.Identity)
            draft.Dropped.Add(held.Job);
        else
            Note(own, held, draft);
    }

    private static void Note(Run run, HeldJob held, ReplyDraft draft)
    {
        run.Epoch = Math.Max(run.Epoch, held.Epoch);
        (run.Value, run.Slot) = (held.Value, held.Slot);
        if (run.Lease.Stop is { } stopping && !held.IsStopping)
            draft.Stopping.Add(stopping);
    }

    private void Keep(WorkerProcess worker, ReplyDraft draft)
    {
        worker.Kept = draft;
        if (worker.HasRoom)
            _hungry.AddLast(worker);
    }

    private void Send(WorkerProcess worker, ReplyDraft draft, Decisions decisions)
    {
        if (worker.Kept == draft)
        {
            worker.Kept = null;
            _hungry.Remove(worker);
        }

        decisions.Answers.Add(new Answer(worker.Name, draft.Number, draft.ToReply(incarnation, _isOver)));
    }
}
