using HyperSearch.Campaigns;

namespace HyperSearch.Hosting;

/// <summary>Folds outcomes into the planner and dispatches what it decides; outcomes of earlier sessions stand in for their jobs.</summary>
internal sealed class CampaignLoop(Planner planner, bool relaxed, WorkerPool pool, OutcomeWriter writer)
{
    /// <summary>Runs until the planner has nothing left or the session is interrupted.</summary>
    /// <param name="earlier">The outcomes on disk, in order of acknowledgement.</param>
    /// <param name="stop">Cancelled when the session is interrupted.</param>
    /// <returns>Why the campaign ended; <c>null</c> when it was interrupted.</returns>
    /// <exception cref="CampaignException">A stored outcome is not of the job that the planner decides.</exception>
    public async Task<string?> RunAsync(IEnumerable<Outcome> earlier, CancellationToken stop)
    {
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var working = pool.RunAsync(abandon.Token);
        var writing = writer.RunAsync();
        try
        {
            return await FoldAsync(new Arrivals(earlier, relaxed), abandon.Token);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return null;
        }
        finally
        {
            await abandon.CancelAsync();
            try
            {
                await SaveLateOutcomesAsync();
            }
            finally
            {
                writer.Complete();
                await Task.WhenAll(writing, working);
            }
        }
    }

    private async Task<string?> FoldAsync(Arrivals arrivals, CancellationToken stop)
    {
        var state = planner.Initial();
        while (true)
        {
            state = await DispatchAsync(state, arrivals, stop);
            if (state.IsFinished)
                return state.Ending;

            Outcome? outcome;
            while ((outcome = arrivals.Take(state.Awaited!.Value)) is null)
            {
                var arrived = await pool.Outcomes.ReadAsync(stop);
                await writer.PostAsync(arrived);
                arrivals.Add(arrived);
            }

            state = planner.Observe(state, outcome);
        }
    }

    private async Task<PlannerState> DispatchAsync(PlannerState state, Arrivals arrivals, CancellationToken stop)
    {
        while (true)
        {
            (var job, state) = planner.Next(state);
            if (job is null)
                return state;
            if (!arrivals.Knows(job))
                await pool.Jobs.WriteAsync(job, stop);
        }
    }

    /// <summary>Outcomes that were ready when the session was interrupted are facts too: they are kept.</summary>
    private async Task SaveLateOutcomesAsync()
    {
        pool.Jobs.TryComplete();
        while (await pool.Outcomes.WaitToReadAsync(CancellationToken.None))
        {
            while (pool.Outcomes.TryRead(out var outcome))
                await writer.PostAsync(outcome);
        }
    }
}
