namespace HyperSearch.Objectives.Commands;

/// <summary>Passes a command's measurements on as the epochs of a job: ascending, beyond what the trial had, and with what an earlier attempt at the job had measured before its checkpoint.</summary>
/// <remarks>
/// An attempt that goes on from the checkpoint of one that was killed measures only the rest; the epochs before are taken from the earlier attempt's log,
/// so the curve, and every stop rule, sees what an uninterrupted job would have shown.
/// </remarks>
internal sealed class JobReporter(IJobContext job, SortedDictionary<int, Answer> earlier)
{
    private int _last = job.Job.FromEpochs;
    private bool _any;
    private Answer? _aside;

    /// <summary>Whether the job is to go on; once false it stays so, and nothing more is passed on.</summary>
    public bool GoesOn { get; private set; } = true;

    /// <summary>The last epoch passed on; that of the job's start before.</summary>
    public int LastEpoch => _last;

    /// <summary>Takes a measurement.</summary>
    public void Take(Answer answer)
    {
        var epoch = answer.Epoch ?? _last + 1;
        if (!_any)
            Replay(epoch);
        if (epoch > _last || (_any && epoch == _last))
            Pass(epoch, answer);
        else
            _aside = answer;
    }

    /// <summary>At the end of a job that went well: one that had nothing left to do reports what is known.</summary>
    public void Finish()
    {
        if (!_any)
            Replay(int.MaxValue);
        if (!_any && _aside is { } answer)
            Pass(Math.Max(1, _last), answer);
    }

    private void Replay(int before)
    {
        foreach (var (epoch, answer) in earlier)
        {
            if (epoch > job.Job.FromEpochs && epoch < before)
                Pass(epoch, answer);
        }
    }

    private void Pass(int epoch, Answer answer)
    {
        if (!GoesOn)
            return;
        (_any, _last) = (true, epoch);
        GoesOn = job.Report(epoch, answer.Metrics);
    }
}
