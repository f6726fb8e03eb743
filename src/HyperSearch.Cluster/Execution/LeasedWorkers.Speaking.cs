using HyperSearch.Cluster.Leases;

namespace HyperSearch.Cluster.Execution;

/// <summary>When to speak, and what becomes of a call.</summary>
internal sealed partial class LeasedWorkers
{
    /// <summary>The jobs that were interrupted go back with their checkpoints, and the host hears that nothing is held any more.</summary>
    private async Task SayFarewellAsync()
    {
        List<LeasedJob> interrupted;
        lock (_gate)
            interrupted = [.. _granted.Values];
        using var limit = new CancellationTokenSource(Farewell, time);
        using var sending = new CancellationTokenSource(Farewell * 0.8, time); // a host that takes no files may still listen
        if (courier is not null)
        {
            await Task.WhenAll(interrupted.Select(leased => leased.EndSendingAsync()));
            await Task.WhenAll(interrupted.Select(leased => SendAsync(leased, sending.Token)));
        }

        lock (_gate)
        {
            interrupted.ForEach(leased => _holder.Return(leased.Job.Number));
            _hasReturned = true;
        }

        Wake();
        await _settled.Task.WaitAsync(limit.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private void Wake() => _wakes.Writer.TryWrite(true);

    private async Task SpeakAsync(CancellationToken silence)
    {
        var calls = new List<Task>();
        try
        {
            while (await _wakes.Reader.WaitToReadAsync(silence))
            {
                if (_holder.HasShortJobs)
                    await Task.Delay(Batch, time, silence);
                _wakes.Reader.TryRead(out _);
                calls.RemoveAll(call => call.IsCompleted);
                if (NextReport() is { } next)
                    calls.Add(CallAsync(next.Report, next.IsLast));
            }
        }
        catch (OperationCanceledException) when (silence.IsCancellationRequested)
        {
            // Nothing more is to be said; calls that are still out end with the process.
        }
    }

    /// <summary>The next report, where there is a reason to speak: news, room while no report is at the host, or the beat.</summary>
    private (Report Report, bool IsLast)? NextReport()
    {
        lock (_gate)
        {
            var now = Now;
            if (Patience is { } patience && _lostSince is { } since && now - since > patience)
                _ended.TrySetResult(LeaseEnding.HostLost);
            var isDue = _holder.IsDraining || _holder.HasRoom || now - _spoke >= rules.Beat;
            if (now < _notBefore || !(_hasNews || (_calls == 0 && isDue)))
                return null;
            foreach (var job in workers.InFlight)
                _holder.Reach(job.Job.Number, job.Worker, job.Epoch, job.Value);
            _hasNews = false;
            _calls++;
            _spoke = now;
            return (_holder.Next(_holder.IsDraining ? rules.Beat / 5 : rules.Beat), _hasReturned);
        }
    }

    private async Task CallAsync(Report report, bool isLast)
    {
        Reply? reply = null;
        try
        {
            reply = await exchange(report).WaitAsync(report.Wait + rules.Beat, time);
        }
#pragma warning disable CA1031 // Whatever a call ends with, it is a lost reply, and the next report makes it good.
        catch (Exception failure)
#pragma warning restore CA1031 // End of the policy.
        {
            Log.ReplyLost(logger, failure.Message);
        }

        lock (_gate)
        {
            _calls--;
            _lostSince = reply is null ? _lostSince ?? Now : null;
            if (reply is null || reply.JoinFirst)
            {
                _holder.Lose(report);
                _hasNews = true;
                _notBefore = reply is null ? Now + Pause : Now;
            }
            else
            {
                Take(report, reply);
                if (isLast && (HostIsHere ? _holder.Unsent : _holder.Unacknowledged) == 0)
                    _settled.TrySetResult();
            }
        }

        Wake();
    }
}
