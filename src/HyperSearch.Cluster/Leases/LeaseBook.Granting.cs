namespace HyperSearch.Cluster.Leases;

/// <summary>Which worker gets which of the jobs that wait, and when.</summary>
internal sealed partial class LeaseBook
{
    /// <summary>All those are back that may have had jobs of the last host: what nobody has claimed is handed out.</summary>
    public Decisions EndAdoption(TimeSpan now)
    {
        var decisions = new Decisions();
        _adoptsUntil = default;
        HandOut(decisions, now);
        return decisions;
    }

    /// <summary>Hands nothing out from now on. What a worker has, or has fetched ahead because jobs take it less than a second, goes on.
    /// </summary>
    public void Pause() => _isPaused = true;

    /// <summary>Hands jobs out again.</summary>
    public Decisions GoOn(TimeSpan now)
    {
        var decisions = new Decisions();
        _isPaused = false;
        HandOut(decisions, now);
        return decisions;
    }

    private bool HasToGive(TimeSpan now) => _waiting.Count > 0 && !_isPaused && now >= _adoptsUntil;

    /// <summary>Gives waiting jobs to the workers that have room.</summary>
    private void HandOut(Decisions decisions, TimeSpan now)
    {
        while (HasToGive(now) && _hungry.First is { Value: var first })
        {
            var worker = HomeOf(_waiting.Min) is { Kept: not null, HasRoom: true } home ? home : first;
            Fill(worker, worker.Kept!, now);
            Send(worker, worker.Kept!, decisions);
        }
    }

    private void Fill(WorkerProcess worker, ReplyDraft draft, TimeSpan now)
    {
        while (HasToGive(now) && worker.HasRoom)
        {
            var job = _waiting.Take(rules.Affinity).FirstOrDefault(job => HomeOf(job) == worker, _waiting.Min);
            _waiting.Remove(job);
            worker.Add(new Run(_open[job], worker, isAdopted: false), now);
            draft.Granted.Add(_open[job]);
        }
    }

    /// <summary>The worker that has the checkpoint from which a job goes on, so that it need not be sent; <c>null</c> when none has.
    /// </summary>
    private WorkerProcess? HomeOf(int job) => rules.Affinity > 0 && _open[job].Job is { FromEpochs: > 0 } open
        && _homes.TryGetValue((open.Trial, open.Repeat), out var name) ? _workers.GetValueOrDefault(name) : null;
}
