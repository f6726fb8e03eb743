namespace HyperSearch.Hosting.Objectives.Commands;

/// <summary>
/// Passes a command's measurements on as the epochs of a job: ascending, beyond what the trial had, and with what an earlier attempt at the
/// job had measured before its checkpoint.
/// </summary>
/// <remarks>
/// An attempt that goes on from the checkpoint of one that was killed measures only the rest; the epochs before are taken from the earlier
/// attempt's log,
/// so the curve, and every stop rule, sees what an uninterrupted job would have shown. Where some of them were never read, as when we were
/// killed together with
/// the attempt, the job <see cref="LacksEpochs"/>, and only training it again from the start can tell them.
/// </remarks>
/// <param name="job">Who is told.</param>
/// <param name="earlier">What earlier attempts measured, by epoch.</param>
/// <param name="again">Whether there was an earlier attempt, so that the command may go on from where nobody saw it arrive.</param>
internal sealed class JobReporter(IJobContext job, SortedDictionary<int, Answer> earlier, bool again)
{
    private int _last = job.Job.FromEpochs;
    private bool _any;
    private Answer? _aside;

    /// <summary>Whether the job is to go on; once false it stays so, and nothing more is passed on.</summary>
    public bool GoesOn { get; private set; } = true;

    /// <summary>
    /// Whether the command went on from a checkpoint that is ahead of what it was seen to measure; then nothing is passed on.
    /// </summary>
    public bool LacksEpochs { get; private set; }

    /// <summary>The last epoch passed on; that of the job's start before.</summary>
    public int LastEpoch => _last;

    /// <summary>Takes a measurement.</summary>
    public void Take(Answer answer)
    {
        var epoch = answer.Epoch ?? _last + 1;
        if (!_any)
            Replay(epoch, leap: true);
        if (epoch > _last || (_any && epoch == _last))
            Pass(epoch, answer);
        else
            _aside = answer;
    }

    /// <summary>At the end of a job that went well: one that had nothing left to do reports what is known.</summary>
    public void Finish()
    {
        if (!_any)
            Replay(job.Job.ToEpochs + 1, leap: false);
        if (!_any && _aside is { } answer)
            Pass(Math.Max(1, _last), answer);
    }

    /// <summary>Passes on what was measured before an epoch, unless something lies between that nobody saw.</summary>
    /// <param name="before">The first epoch that the command tells of now.</param>
    /// <param name="leap">Whether it may leave out as many epochs at a time as it did before.</param>
    private void Replay(int before, bool leap)
    {
        var known = earlier.Where(pair => pair.Key > job.Job.FromEpochs && pair.Key < before).ToList();
        var steps = known.Select((pair, i) => pair.Key - (i == 0 ? job.Job.FromEpochs : known[i - 1].Key));
        var longest = leap ? steps.DefaultIfEmpty(1).Max() : 1;
        if (again && before - (known.Count == 0 ? job.Job.FromEpochs : known[^1].Key) > longest)
            (LacksEpochs, GoesOn) = (true, false);
        foreach (var (epoch, answer) in known)
            Pass(epoch, answer);
    }

    private void Pass(int epoch, Answer answer)
    {
        if (!GoesOn)
            return;
        (_any, _last) = (true, epoch);
        GoesOn = job.Report(epoch, answer.Metrics);
    }
}
