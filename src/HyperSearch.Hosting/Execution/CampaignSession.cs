using System.Net.Sockets;
using HyperSearch.Analysis;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Control;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Hosting.Stores;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Schedules;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting.Execution;

/// <summary>One session of a campaign, in any process: planner → bounded channel → workers → channel → the one writer.</summary>
/// <param name="request">The campaign and how it runs.</param>
/// <param name="observers">Told of each outcome.</param>
/// <param name="time">The clock.</param>
/// <param name="logger">Where it logs.</param>
internal sealed class CampaignSession(CampaignRequest request, IEnumerable<ICampaignObserver> observers, TimeProvider time, ILogger logger)
{
    private readonly Observers _observers = new([.. observers], logger);
    private volatile ProgressBoard? _board;

    /// <summary>The progress at this moment, between outcomes too; <c>null</c> before the session has begun. Any thread may ask.</summary>
    public CampaignProgress? Progress => _board?.Now;

    /// <summary>Runs until nothing is left to do or the session is interrupted, then disposes the objective.</summary>
    /// <param name="stop">Interrupts: jobs in hand leave checkpoints, acknowledged outcomes stay.</param>
    /// <exception cref="StoreException">The campaign cannot be read or written.</exception>
    /// <exception cref="CampaignException">The campaign began with other data or another search.</exception>
    public async Task<CampaignEnding> RunAsync(CancellationToken stop)
    {
        using var owned = request.Objective as IDisposable;
        return await Task.Run(() => WorkAsync(stop), CancellationToken.None).ConfigureAwait(false); // the caller's thread has other work
    }

    private async Task<CampaignEnding> WorkAsync(CancellationToken stop)
    {
        var campaign = request.Campaign ?? Campaign.Open(request.Folder, time);
        using var store = CampaignStore.Open(campaign, time, warn: fault => Log.IndexFailed(logger, fault));
        if (store.Recovery is { } recovery)
            Log.StoreRecovered(logger, recovery);
        RefuseOtherData((CampaignCreated)store.Events[0]);
        var earlier = store.ReadOutcomes().ToList();
        var limit = new TrialLimit(store.NextJob, request.Search.Trials)
        {
            FromOutcome = store.NextOutcome,
            Again = request.Again,
            HoldsBack = true,
        };
        var budgetedTrials = (store.TrialLimits.FirstOrDefault() ?? limit).Trials;
        var planner = new Planner(request.Search, request.Objective.WorkPerEpoch, budgetedTrials)
        {
            TrialLimits = store.TrialLimits.Add(limit),
            SlotChanges = store.SlotChanges,
            EnqueuedPoints = store.EnqueuedPoints,
            StoppedTrials = store.StoppedTrials,
        };
        if (NothingToDo(store, planner, earlier) is { } done)
            return done;
        using var clock = new SessionLimit(request.Search.Limits.Time - store.ElapsedBefore, time, stop);

        var runner = new JobRunner(request, time, logger);
        var workers = request.Recruit?.Invoke(runner, campaign)
            ?? new LocalWorkers(runner, request.Workers, planner.LastSlots, request.Search.Limits.TrialTimeout, time, logger);
        var board = new ProgressBoard(request, workers, time) { Slots = planner.LastSlots };
        earlier.ForEach(board.Resume);
        _board = board;
        var (process, machine) = (Environment.ProcessId, Environment.MachineName);
        store.Append(new SessionStarted(time.GetUtcNow(), process, machine, request.Search.Trials, request.Workers)
        {
            FromJob = store.NextJob,
            Again = request.Again,
            HoldsBack = true,
        });
        Log.CampaignStarted(logger, request.Folder.Name, request.Search.Trials, request.Workers, earlier.Count);
        _observers.Started(board.Now);
        using var live = !campaign.IsKept
            ? null
            : new LiveReporter(new LiveStatusFile(request.Folder, store.Owner, time), () => board.Now,
                request.Search.Maximize, time, logger);

        var keepBest = (request.Search.Objective as CommandDefinition)?.KeepCheckpoints;
        var areKept = keepBest is null && !request.Objective.CheckpointsAreExpendable;
        var copies = request.Search.Schedule is PbtSchedule
            ? new CheckpointCopies(request.Search, request.Folder, request.Objective.CheckpointsAreExpendable) : null;
        var sweep = areKept && copies is null
            ? null : new CheckpointSweep(request.Folder, logger) { KeepBest = keepBest ?? 0, OnlyFirst = areKept };
        var writer = new OutcomeWriter(store, outcome =>
        {
            workers.Acknowledge(outcome);
            sweep?.Acknowledged();
            board.Acknowledge(outcome);
            Log.OutcomeAcknowledged(logger, outcome.Job, outcome.Trial, outcome.State, outcome.Epochs, outcome.Value);
            _observers.Acknowledged(outcome, board.Now);
        }, entry =>
        {
            board.Observe(entry);
            _observers.Happened(entry, board.Now);
        });
        workers.Changed += writer.Post;
        var control = new CampaignControl(request.Search, workers, writer, clock.Stop, time);
        using var hearing = campaign.IsKept ? Hear(store, control) : null;
        var loop = new CampaignLoop(request.Search, planner, workers, writer, sweep, GrowthBy(workers, writer), control.Changes)
        {
            Stopped = store.StoppedJobs,
            Copies = copies,
        };
        var reason = await loop.RunAsync(earlier, clock.Token);
        var timeIsUp = reason is null && clock.TimeIsUp;
        reason ??= timeIsUp ? TimeIsUp : null;
        if (reason is not null)
            await workers.DismissAsync(); // judging the winner needs this process only
        var (verdict, judged) = reason is not null && await control.BeginJudgingAsync(store, clock.Asked)
            ? TryJudge(store, board, clock.Asked) : (null, false);
        var finished = control.End() && judged;
        reason = finished ? reason! : "interrupted";
        store.Append(new SessionEnded(time.GetUtcNow(), board.Now.Elapsed.TotalSeconds, finished, reason));
        Log.CampaignEnded(logger, request.Folder.Name, board.Now.Elapsed.TotalSeconds, reason);
        var ending = new CampaignEnding(finished, reason, board.Now, verdict) { TimeIsUp = timeIsUp };
        _observers.Ended(ending);
        return ending;
    }

    /// <summary>Opens the socket for wishes; without one the campaign runs all the same.</summary>
    private ControlSocket? Hear(CampaignStore store, CampaignControl control)
    {
        try
        {
            return new ControlSocket(store.Owner.Control!, control.FulfilAsync);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException or SocketException)
        {
            Log.NoControl(logger, fault.Message);
            return null;
        }
    }

    /// <summary>The growth of the slots with the workers that join; <c>null</c> where the search says how many.</summary>
    private SlotGrowth? GrowthBy(IWorkers workers, OutcomeWriter writer)
    {
        if (!request.Search.AutoSlots)
            return null;
        var growth = new SlotGrowth(
            request.Search, change => writer.Post(new SlotsChanged(time.GetUtcNow(), change.FromJob, change.Slots)));
        workers.Changed += entry =>
        {
            if (entry is WorkerJoined)
                growth.Have(workers.Count);
        };
        return growth;
    }

    private string TimeIsUp =>
        $"the time limit of {Figures.Duration(request.Search.Limits.Time!.Value.TotalSeconds)} was reached (limits.time)";

    /// <summary>
    /// The ending of a campaign that had ended in order and has no more to do now; <c>null</c> when there is something. Nothing is written.
    /// </summary>
    private CampaignEnding? NothingToDo(CampaignStore store, Planner planner, IReadOnlyList<Outcome> earlier)
    {
        var verdict = store.Events.OfType<WinnerJudged>().LastOrDefault()?.Verdict;
        if (store.Events[^1] is not SessionEnded { Finished: true }
            || (verdict is not null && !WinnerModel.IsKept(request.Folder, verdict)))
            return null;
        var reason = CampaignLoop.EndingOf(planner, request.Search.Relaxed, earlier);
        var timeIsUp = reason is null && request.Search.Limits.Time <= store.ElapsedBefore;
        if (reason is null && !timeIsUp)
            return null;
        var board = new ProgressBoard(request, workers: null, time);
        foreach (var outcome in earlier)
            board.Resume(outcome);
        return new CampaignEnding(Finished: true, reason ?? TimeIsUp, board.Now, verdict) { NothingToDo = true, TimeIsUp = timeIsUp };
    }

    private void RefuseOtherData(CampaignCreated created)
    {
        if (created.DataFingerprint is { } known && request.Objective.DataFingerprint is { } found && known != found)
        {
            throw new CampaignException(
                $"The data of the campaign \"{request.Folder.Name}\" have changed since it began (fingerprint {known}, now {found}), "
                + "so old and new trials would not compare. "
                + (request.FromCommand
                    ? "Restore the data, or start a new campaign with \"hypersearch run\" and another --name."
                    : $"Restore the data, or take {CampaignRequest.AnotherFolder} for a new campaign."));
        }
    }

    /// <summary>Judges the winner; false when the session was interrupted before that was done.</summary>
    private (Verdict? Verdict, bool Judged) TryJudge(CampaignStore store, ProgressBoard board, CancellationToken stop)
    {
        try
        {
            return (Judge(store, board, stop), true);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return (null, false);
        }
    }

    /// <summary>Evaluates the winner on the test set, once: a verdict on the same trial stands while its model is there.</summary>
    private Verdict? Judge(CampaignStore store, ProgressBoard board, CancellationToken stop)
    {
        if (!request.Objective.JudgesWinner)
            return null;
        var trials = Trial.Fold(store.ReadOutcomes(), request.Search.Objective.Epochs);
        Trial[] ranked = [.. Ranking.Rank(trials, request.Search).Select(entry => entry.Trial).TakeWhile(trial => trial.Succeeded)];
        if (ranked.FirstOrDefault() is not { } winner)
            return null;
        var known = store.Events.OfType<WinnerJudged>().LastOrDefault()?.Verdict;
        if (known?.Holds(ranked) == true && WinnerModel.IsKept(request.Folder, known))
            return known;

        var seed = RandomStream.For(request.Search.Seed, (ulong)winner.Number, "last training").NextULong();
        store.RequireOwned(); // the last training takes long and writes into the folder
        _observers.Ranked(board.Now);
        var judging = new Judging(seed, request.Folder.ModelPath, request.Folder.LastCheckpointFolder(winner.Number))
        {
            Workers = request.Workers,
            Goal = request.Search.Goals[0],
            MayAverage = known?.Holds(ranked) != true || known.Averaged is not null,
            Report = progress =>
            {
                board.Judge(progress);
                _observers.Judging(board.Now);
            },
        };
        if (JudgedBy(request.Objective, ranked, judging, store, stop) is not { } verdict)
            return null;
        verdict = verdict with { ModelFingerprint = WinnerModel.FingerprintOf(request.Folder) };
        store.Append(new WinnerJudged(time.GetUtcNow(), verdict));
        return verdict;
    }

    /// <summary>The objective's verdict; a folder that was moved meanwhile is told in the words for that.</summary>
    private static Verdict? JudgedBy(
        IObjective objective, Trial[] ranked, Judging judging, CampaignStore store, CancellationToken stop)
    {
        try
        {
            return objective.Judge(ranked, judging, stop);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or StoreException)
        {
            store.RequireOwned();
            throw;
        }
    }
}
