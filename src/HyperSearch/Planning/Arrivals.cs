namespace HyperSearch.Planning;

/// <summary>Outcomes that the planner has not seen yet: the outcomes of earlier sessions, then the new ones as they arrive.</summary>
internal sealed class Arrivals
{
    private readonly bool _relaxed;
    private readonly Dictionary<int, Outcome> _byJob = [];
    private readonly Queue<int> _order = [];
    private readonly Dictionary<JobKey, Outcome> _earlierRepeats = [];

    public Arrivals(IEnumerable<Outcome> earlier, bool relaxed)
    {
        _relaxed = relaxed;
        foreach (var outcome in earlier)
        {
            if (outcome.Repeat > 0)
                _earlierRepeats.Add(outcome.Key, outcome);
            else
                Add(outcome);
        }
    }

    public void Add(Outcome outcome)
    {
        _byJob.Add(outcome.Job, outcome);
        if (_relaxed)
            _order.Enqueue(outcome.Job);
    }

    /// <summary>Whether an earlier session has this job's outcome.</summary>
    /// <exception cref="CampaignException">It has one of another job under the same number.</exception>
    public bool Knows(Job job)
    {
        if (job.Repeat > 0 && _earlierRepeats.Remove(job.Key, out var repeat))
            Add(repeat with { Job = job.Number }); // an extended campaign has numbered its jobs anew
        if (!_byJob.TryGetValue(job.Number, out var known))
            return false;
        if (known.Trial != job.Trial || known.FromEpochs != job.FromEpochs || known.ToEpochs != job.ToEpochs
            || !known.Point.Equals(job.Point))
        {
            throw new CampaignException(
                $"The campaign's outcomes do not follow from its search file: job {job.Number} should be trial {job.Trial} ({job.Point}), "
                + $"but trial {known.Trial} ({known.Point}) is stored. It was made by another version of HyperSearch or from another "
                + "search. Start a new campaign, under another name or in another folder.");
        }

        return true;
    }

    /// <summary>The outcomes that have arrived and were not taken.</summary>
    public IReadOnlyCollection<Outcome> Untaken => _byJob.Values;

    /// <summary>The next outcome that the planner may see; <c>null</c> when it has not arrived.</summary>
    /// <param name="awaited">The job whose turn it is on the logical clock; in relaxed order whichever came first.</param>
    public Outcome? Take(int awaited)
    {
        if (_relaxed)
        {
            if (!_order.TryDequeue(out awaited))
                return null;
        }

        return _byJob.Remove(awaited, out var outcome) ? outcome : null;
    }
}
