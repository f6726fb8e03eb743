using HyperSearch.Cluster.Leases;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Execution;

/// <summary>What becomes of the jobs that the threads have ended.</summary>
internal sealed partial class LeasedWorkers
{
    private async Task GatherAsync(CancellationToken haste)
    {
        var sending = new List<Task>();
        await foreach (var outcome in workers.Outcomes.ReadAllAsync(CancellationToken.None))
        {
            if (outcome.State == OutcomeState.Failed && FaultOfPlace() is { } fault)
            {
                Resign(fault);
                continue;
            }

            LeasedJob? leased;
            lock (_gate)
            {
                _granted.TryGetValue(outcome.Job, out leased);
                if (leased is not null)
                {
                    leased.Outcome = outcome;
                    _running.Remove(outcome.Job);
                    Pump();
                }
            }

            if (leased is null)
                continue; // it was given up just as it ended
            if (courier is null)
                Finish(leased);
            else
                sending.Add(SendAndFinishAsync(leased, haste));
            sending.RemoveAll(task => task.IsCompleted);
        }

        await Task.WhenAll(sending);
    }

    /// <summary>
    /// Leaves, because trials cannot be run here: the failed job is not at fault, and goes back as if it were interrupted.
    /// </summary>
    private void Resign(string fault)
    {
        lock (_gate)
        {
            Fault ??= fault;
            _holder.LeavesBecause ??= $"it cannot run trials any more: {fault}";
        }

        _ended.TrySetResult(LeaseEnding.Unfit);
    }

    private async Task SendAndFinishAsync(LeasedJob leased, CancellationToken stop)
    {
        await leased.EndSendingAsync();
        await SendAsync(leased, stop);
        Finish(leased);
    }

    private async Task SendAsync(LeasedJob leased, CancellationToken stop)
    {
        try
        {
            var moment = leased.Outcome is null ? CheckpointMoment.Interrupted : CheckpointMoment.Over;
            await courier!.SendAsync(leased.Job, leased.Identity, moment, stop);
        }
#pragma warning disable CA1031 // A checkpoint only saves time; the outcome is what counts.
        catch (Exception failure)
#pragma warning restore CA1031 // End of the policy.
        {
            Log.CheckpointNotSent(logger, leased.Job.Trial, failure.Message);
        }
    }

    /// <summary>Brings the checkpoints of jobs that last to the host, so that a kill of this process costs little of them.</summary>
    private void SendCheckpoints()
    {
        lock (_gate)
        {
            if (courier is null || _holder.IsDraining)
                return;
            foreach (var leased in _granted.Values)
            {
                if (leased.Outcome is null && !leased.IsSending && _running.Contains(leased.Job.Number) && Now >= leased.SendsNext)
                    leased.BeginSending(end => SendWhileRunningAsync(leased, end));
            }
        }
    }

    private async Task SendWhileRunningAsync(LeasedJob leased, CancellationToken end)
    {
        await Task.Yield(); // whoever calls has the lock
        var began = Now;
        try
        {
            await courier!.SendAsync(leased.Job, leased.Identity, CheckpointMoment.Running, end);
        }
#pragma warning disable CA1031 // A checkpoint only saves time, and the job may write to it at this moment: the next one may arrive.
        catch (Exception failure)
#pragma warning restore CA1031 // End of the policy.
        {
            Log.CheckpointNotSentYet(logger, leased.Job.Trial, failure.Message);
        }

        var took = Now - began;
        leased.SendsNext = Now + (took > rules.CheckpointEvery / 10 ? took * 10 : rules.CheckpointEvery);
    }

    private void Finish(LeasedJob leased)
    {
        lock (_gate)
        {
            if (!_granted.Remove(leased.Job.Number))
                return;
            if (_holder.Finish(leased.Job.Number, JobForm.Write(leased.Outcome!), leased.Outcome!.Seconds))
                Done++;
            _hasNews = true;
        }

        Wake();
    }
}
