using System.Collections.Immutable;
using System.Threading.Channels;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>Folds outcomes into the planner and dispatches the jobs that it decides; outcomes of earlier sessions stand in for their
/// jobs.</summary>
/// <param name="search">The definition in force.</param>
/// <param name="planner">The planner, which decides.</param>
/// <param name="workers">The workers, which run the jobs.</param>
/// <param name="writer">The writer, which keeps outcomes.</param>
/// <param name="sweep">Removes checkpoints; <c>null</c> where they are not ours to remove.</param>
/// <param name="growth">The slots that are wanted; <c>null</c> where the search says how many.</param>
/// <param name="changes">What people ask for meanwhile; <c>null</c> where nobody can.</param>
internal sealed class CampaignLoop(
    Search search, Planner planner, IWorkers workers, OutcomeWriter writer, CheckpointSweep? sweep, SlotGrowth? growth = null,
    HandChanges? changes = null)
{
    private Planner _planner = planner;
    private readonly Dictionary<int, Job> _underWay = []; // by number
    private readonly List<(int Epochs, double Cost, int Trial)> _best = []; // the trials whose checkpoints stay when they have ended
    private bool _sweepIsDue;

    /// <summary>The jobs that people stopped in earlier sessions, and the first epoch at which each may end.</summary>
    public IReadOnlyDictionary<JobKey, int> Stopped { get; init; } = ImmutableDictionary<JobKey, int>.Empty;

    /// <summary>Gives copies of trials their checkpoints; <c>null</c>, the default, where the schedule makes none.</summary>
    public CheckpointCopies? Copies { get; init; }

    /// <summary>The reason why a campaign has ended, where its outcomes on disk leave no job to do; <c>null</c> when they leave
    /// one.</summary>
    /// <exception cref="CampaignException">A stored outcome is not of the job that the planner decides.</exception>
    public static string? EndingOf(Planner planner, bool relaxed, IEnumerable<Outcome> earlier)
    {
        var (state, arrivals) = (planner.Initial(), new Arrivals(earlier, relaxed));
        while (true)
        {
            (var job, state) = planner.Next(state);
            if (job is not null)
            {
                if (!arrivals.Knows(job))
                    return null;
                continue;
            }

            if (state.IsFinished)
                return state.Ending;
            if (arrivals.Take(state.Awaited!.Value) is not { } outcome)
                return null;
            state = planner.Observe(state, outcome);
        }
    }

    /// <summary>Runs until the planner has nothing left or the session is interrupted.</summary>
    /// <param name="earlier">The outcomes on disk, in order of acknowledgement.</param>
    /// <param name="stop">Cancelled when the session is interrupted.</param>
    /// <returns>Why the campaign ended; <c>null</c> when it was interrupted.</returns>
    /// <exception cref="CampaignException">A stored outcome is not of the job that the planner decides.</exception>
    public async Task<string?> RunAsync(IEnumerable<Outcome> earlier, CancellationToken stop)
    {
        using var abandon = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var working = workers.RunAsync(abandon.Token);
        var writing = writer.RunAsync();
        try
        {
            return await FoldAsync(new Arrivals(earlier, search.Relaxed), abandon.Token);
        }
        catch (Exception cause) when (cause is OperationCanceledException or ChannelClosedException && stop.IsCancellationRequested)
        {
            return null; // interrupted workers may close the channel of outcomes before the reader hears of the interruption
        }
        finally
        {
            changes?.Close();
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
        var state = _planner.Initial();
        while (true)
        {
            state = await DispatchAsync(state, arrivals, stop);
            if (state.IsFinished)
            {
                Sweep(state);
                return state.Ending;
            }

            Outcome? outcome;
            while ((outcome = arrivals.Take(state.Awaited!.Value)) is null)
            {
                // here all that is on disk has been seen, so no earlier decision can come to hold more slots
                if ((growth?.Over(_planner, state) ?? ChangedByHand(state, arrivals)) is { } changed)
                {
                    _planner = changed;
                    state = await DispatchAsync(state, arrivals, stop);
                    continue;
                }

                if (await ArrivalAsync(stop) is not { } arrived)
                    continue;
                await writer.PostAsync(arrived);
                arrivals.Add(arrived);
                _sweepIsDue |= sweep?.Posted() == true;
            }

            state = _planner.Observe(state, outcome);
            _underWay.Remove(outcome.Job);
            Rank(outcome);
            if (_sweepIsDue)
                Sweep(state);
        }
    }

    /// <summary>The next outcome that the workers bring; <c>null</c> when a change of the plan comes first.</summary>
    private async Task<Outcome?> ArrivalAsync(CancellationToken stop)
    {
        if ((growth is null && changes is null) || workers.Outcomes.TryPeek(out _))
            return await workers.Outcomes.ReadAsync(stop);
        var waiting = workers.Outcomes.WaitToReadAsync(stop).AsTask();
        Task[] news = [waiting, .. growth is null ? [] : (Task[])[growth.Grown], .. changes is null ? [] : (Task[])[changes.Come]];
        return await Task.WhenAny(news) == waiting ? await workers.Outcomes.ReadAsync(stop) : null;
    }

    private async Task<PlannerState> DispatchAsync(PlannerState state, Arrivals arrivals, CancellationToken stop)
    {
        while (true)
        {
            (var job, state) = _planner.Next(state);
            if (job is null)
                return state;
            _underWay.Add(job.Number, job);
            if (arrivals.Knows(job))
                continue;
            if (Stopped.TryGetValue(job.Key, out var epoch))
                workers.Stop(new StopOrder(job.Number, epoch, StopOrder.ByHand)); // its outcome was not on disk when the last session ended
            Copies?.Prepare(job);
            await workers.Jobs.WriteAsync(job, stop);
        }
    }

    /// <summary>The planner with what people asked for; <c>null</c> when they asked for nothing.</summary>
    private Planner? ChangedByHand(PlannerState state, Arrivals arrivals)
    {
        if (changes is not { AreAsked: true })
            return null;
        var unseen = arrivals.Untaken;
        var arrived = unseen.Select(outcome => outcome.Job).ToHashSet();
        Job[] underWay = [.. _underWay.Values.Where(job => !arrived.Contains(job.Number)).OrderBy(job => job.Number)];
        return changes.Over(new PlanMoment(_planner, state, underWay, unseen));
    }

    /// <summary>
    /// Keeps the checkpoints of jobs under way and of trials that may be sent on, also by an extension to twice the trials. One that a
    /// person has stopped may still be copied.
    /// </summary>
    private void Sweep(PlannerState state)
    {
        _sweepIsDue = false;
        var candidates = state.Schedule.Candidates((2 * _planner.TrialsAt(state)) - state.Trials)
            .Where(trial => Copies is not null || !_planner.IsStopped(state, trial));
        sweep?.Plan(
            candidates.Concat(_underWay.Values.Select(job => job.Trial)), state.Trials, _best.Select(best => best.Trial));
    }

    /// <summary>More epochs first, then the value, then the earlier trial: the order of the ranking.</summary>
    private void Rank(Outcome outcome)
    {
        if (sweep is not { KeepBest: > 0 and var most } || outcome.Repeat > 0 || outcome.Value is not { } value)
            return;
        _best.RemoveAll(best => best.Trial == outcome.Trial);
        _best.Add((outcome.State == OutcomeState.Completed ? -outcome.ToEpochs : 0, search.Maximize ? -value : value, outcome.Trial));
        _best.Sort();
        if (_best.Count > most)
            _best.RemoveAt(most);
    }

    /// <summary>Outcomes that were ready when the session was interrupted are facts too: they are kept.</summary>
    private async Task SaveLateOutcomesAsync()
    {
        workers.Jobs.TryComplete();
        while (await workers.Outcomes.WaitToReadAsync(CancellationToken.None))
        {
            while (workers.Outcomes.TryRead(out var outcome))
                await writer.PostAsync(outcome);
        }
    }
}
