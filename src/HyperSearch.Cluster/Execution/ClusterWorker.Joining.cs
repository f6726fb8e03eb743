using HyperSearch.Cluster.Joining;

namespace HyperSearch.Cluster.Execution;

/// <summary>Joining a campaign, staying in it while the worker gets ready, and joining again where the host has begun anew.</summary>
internal sealed partial class ClusterWorker
{
    private async Task JoinAgainAsync(GrainDoor door, Hello hello, Welcome first)
    {
        var welcome = await door.JoinAsync(hello);
        if (welcome.Kind == WelcomeKind.NotYet)
            throw new ClusterException($"{options.Connect} has no campaign open at this moment.");
        (var ending, _refusal) = EndingOf(welcome, first);
        if (ending is not null)
            _assignment?.Workers.End(ending.Value);
    }

    /// <summary>
    /// Says again and again that the worker is here, while it fetches what it needs, which may take long: else the host would count it as
    /// lost, and the worker would not hear of the host's end.
    /// </summary>
    /// <returns>Why the worker's preparing was ended; <c>null</c> when it was not.</returns>
    private async Task<LeaseEnding?> StayAsync(GrainDoor door, Hello hello, Welcome first, CancellationTokenSource preparing)
    {
        var heard = time.GetTimestamp();
        while (true)
        {
            await Task.Delay(first.Beat * 2, time, preparing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (preparing.IsCancellationRequested)
                return null;
            LeaseEnding? ending = null;
            try
            {
                var welcome = await door.JoinAsync(hello).WaitAsync(preparing.Token);
                (ending, _refusal) = EndingOf(welcome, first);
                if (welcome.Kind != WelcomeKind.NotYet)
                    (heard, _trouble) = (time.GetTimestamp(), null);
            }
            catch (Exception failure) when (!preparing.IsCancellationRequested)
            {
                _trouble = $"The host does not answer: {failure.Message}";
            }
            catch (OperationCanceledException)
            {
                return null;
            }

            if (ending is null && time.GetElapsedTime(heard) > options.Patience)
                ending = LeaseEnding.HostLost;
            if (ending is null)
                continue;
            await preparing.CancelAsync();
            return ending;
        }
    }

    /// <summary>What a further welcome means for a worker that has joined before.</summary>
    private (LeaseEnding? Ending, string? Refusal) EndingOf(Welcome welcome, Welcome first)
    {
        if (welcome.Kind is WelcomeKind.Joined or WelcomeKind.Refused)
            _session = welcome.Session;
        return welcome.Kind switch
        {
            WelcomeKind.Joined when welcome.Identity != first.Identity => (LeaseEnding.OtherCampaign, null),
            WelcomeKind.Over => (LeaseEnding.Over, null),
            WelcomeKind.Refused => (LeaseEnding.Refused, welcome.Reason),
            _ => (null, null),
        };
    }

    /// <summary>Joins the campaign that is open at the host, or waits for one.</summary>
    private async Task<(Welcome? Welcome, WorkerEnding Ending)> JoinAsync(GrainDoor door, Hello hello, CancellationToken leave)
    {
        using var patience = new CancellationTokenSource(LongestWait, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(leave, patience.Token);
        while (!either.IsCancellationRequested)
        {
            try
            {
                var welcome = await door.JoinAsync(hello).WaitAsync(either.Token);
                (_session, _trouble) = (welcome.Session, null);
                switch (welcome.Kind)
                {
                    case WelcomeKind.Joined:
                        return (welcome, default);
                    case WelcomeKind.Refused:
                        throw new ClusterException(welcome.Reason);
                    case WelcomeKind.Over when !options.Keep:
                        return (null, WorkerEnding.CampaignOver);
                    default:
                        _trouble = $"{options.Connect} has no {(hello.Declined.Length > 0 ? "other " : "")}campaign open at this moment.";
                        break;
                }
            }
            catch (Exception failure) when (failure is not ClusterException && !either.IsCancellationRequested)
            {
                _trouble = $"The host does not answer: {failure.Message}";
            }
            catch (OperationCanceledException) when (either.IsCancellationRequested)
            {
                break;
            }

            await Task.Delay(Pause, time, either.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return (null, leave.IsCancellationRequested ? WorkerEnding.ToldToLeave : WorkerEnding.HostLost);
    }
}
