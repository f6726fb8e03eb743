using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Hosting.Campaigns;
using HyperSearch.Hosting.Control;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Execution;

/// <summary>Fulfils the wishes of people in a session. What changes decisions is journalled with the moment from which it holds, so a
/// campaign stays a function of its record.</summary>
/// <param name="search">The definition in force.</param>
/// <param name="workers">The session's workers.</param>
/// <param name="writer">The session's writer.</param>
/// <param name="stop">Interrupts the session.</param>
/// <param name="time">The clock.</param>
internal sealed class CampaignControl(
    Search search, IWorkers workers, OutcomeWriter writer, Action stop, TimeProvider time)
{
    private const string SearchHasEnded = "The search has ended; \"resume --trials\" extends it when the campaign has.";
    private const string JudgingGoesOn = "Its winner is being judged, which cannot be paused; stop it, and resume judges the winner again.";
    private readonly Lock _gate = new();
    private readonly TrialStopping _stopping = new(search.Objective.Epochs, workers, writer, time);
    private TaskCompletionSource _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Phase _phase;
    private bool _isStopping;

    /// <summary>Where the session is, as far as wishes differ.</summary>
    private enum Phase
    {
        Searching,
        Judging,
        Ended,
    }

    /// <summary>The changes that the campaign's loop takes up.</summary>
    public HandChanges Changes { get; } = new();

    /// <summary>Fulfils a wish, or says why not. What is told as done is on disk, so that no kill can take it back.</summary>
    public async Task<WishAnswer> FulfilAsync(Wish wish)
    {
        try
        {
            var told = await DoAsync(wish);
            if (wish.What != WishKind.Stop) // which changes nothing that is kept, and ends the writer
                await writer.OnDiskAsync();
            return new WishAnswer(true, told);
        }
        catch (CampaignException refusal)
        {
            return new WishAnswer(false, refusal.Message);
        }
        catch (WrongWishException wrong)
        {
            return new WishAnswer(false, wrong.Message) { IsWrong = true };
        }
        catch (Exception fault)
        {
            return new WishAnswer(false, $"Something unexpected went wrong with the wish: {fault.Message}");
        }
    }

    /// <summary>The search is over: waits while the campaign is paused, then begins to judge its winner.</summary>
    /// <returns>False when it was told to stop before that.</returns>
    public async Task<bool> BeginJudgingAsync(CampaignStore store, CancellationToken asked)
    {
        var wasHeld = false;
        while (!asked.IsCancellationRequested)
        {
            Task goesOn;
            lock (_gate)
            {
                if (!workers.Paused)
                {
                    _phase = Phase.Judging;
                    break;
                }

                goesOn = _goesOn.Task;
            }

            wasHeld = true;
            await goesOn.WaitAsync(asked).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        if (wasHeld && !asked.IsCancellationRequested)
            store.Append(new CampaignPaused(time.GetUtcNow(), false)); // the writer of outcomes has gone home
        return !asked.IsCancellationRequested;
    }

    /// <summary>Takes no wish any more.</summary>
    /// <returns>Whether nobody was told that the session stops.</returns>
    public bool End()
    {
        lock (_gate)
        {
            _phase = Phase.Ended;
            return !_isStopping;
        }
    }

    private async Task<string> DoAsync(Wish wish)
    {
        var told = "";
        switch (wish)
        {
            case { What: WishKind.Stop }:
                return StopAll();
            case { What: WishKind.Pause }:
                return Pause(true);
            case { What: WishKind.GoOn }:
                return Pause(false);
            case { What: WishKind.StopTrial, Trial: { } trial }:
                await AskAsync(moment => _stopping.Stop(moment, trial, out told));
                return told;
            case { What: WishKind.MoreTrials, Trials: { } trials }:
                await AskAsync(moment => More(moment, trials, []));
                return string.Create(CultureInfo.InvariantCulture, $"It goes on to {trials} trials.");
            case { What: WishKind.RetryFailed }:
                await AskAsync(Retry);
                return "The failed trials start again, as new trials.";
            case { What: WishKind.Enqueue, Point: { } text }:
                await AskAsync(moment => Enqueue(moment, text));
                return search.Schedule is PbtSchedule
                    ? "It is the next to start from nothing: when the population has trained to the end, the next one begins with it."
                    : "It is the next to start.";
            default:
                throw new WrongWishException("The wish lacks a number or a configuration.");
        }
    }

    private Task AskAsync(Func<PlanMoment, Planner> change)
    {
        lock (_gate)
        {
            return _phase == Phase.Judging || (Changes.IsOver && workers.Paused && !_isStopping)
                ? throw new CampaignException(SearchHasEnded)
                : Changes.AskAsync(change);
        }
    }

    private string StopAll()
    {
        lock (_gate)
        {
            if (_phase == Phase.Ended)
                throw new CampaignException(HandChanges.AboutToEnd);
            if (_isStopping)
                throw new CampaignException("It is stopping already.");
            _isStopping = true;
        }

        stop();
        return _phase == Phase.Judging
            ? "It stops; its winner is judged when it goes on."
            : "It stops: trials in hand write their checkpoints.";
    }

    private string Pause(bool paused)
    {
        lock (_gate)
        {
            if (_isStopping || _phase == Phase.Ended)
                throw new CampaignException(HandChanges.AboutToEnd);
            if (workers.Paused == paused)
                throw new CampaignException(paused ? "It is paused already." : "It is not paused.");
            if (paused && Changes.IsOver)
                throw new CampaignException(_phase == Phase.Judging ? JudgingGoesOn : HandChanges.AboutToEnd);
            workers.Pause(paused);
            if (paused)
                _goesOn = new(TaskCreationOptions.RunContinuationsAsynchronously);
            else
                _goesOn.TrySetResult();
            writer.Post(new CampaignPaused(time.GetUtcNow(), paused));
            return paused ? "It is paused: trials in hand go on to the end of their job, and no other begins." : "It goes on.";
        }
    }

    private Planner Retry(PlanMoment moment)
    {
        var (planner, state) = (moment.Planner, moment.State);
        var again = planner.FailedAt(state);
        return again.IsEmpty && state.SearchEnding is null
            ? throw new CampaignException("There is no failed trial that could start again.")
            : More(moment, planner.TrialsAt(state) + again.Length, again);
    }

    private Planner More(PlanMoment moment, int trials, ImmutableArray<int> again)
    {
        var (planner, state) = (moment.Planner, moment.State);
        if (state.SearchEnding is not null)
            throw new CampaignException(SearchHasEnded);
        var now = planner.TrialsAt(state);
        if (trials <= now)
        {
            throw new WrongWishException(string.Create(CultureInfo.InvariantCulture,
                $"It goes to {now} trials already, and a campaign that runs can only get more, not {trials}."));
        }

        var next = planner.With(trials, again, state);
        var limit = next.TrialLimits[^1];
        writer.Post(new TrialsChanged(time.GetUtcNow(), limit.FromJob, limit.FromOutcome, trials)
        {
            HoldsBack = limit.HoldsBack,
            Again = limit.Again,
        });
        return next;
    }

    private Planner Enqueue(PlanMoment moment, string text)
    {
        var (planner, state) = (moment.Planner, moment.State);
        if (state.SearchEnding is not null)
            throw new CampaignException(SearchHasEnded);
        if (!planner.MayEnqueue(state))
            throw new CampaignException("Every trial that it was asked for has begun or is enqueued; ask for more trials first.");
        var random = RandomStream.For(search.Seed, (ulong)planner.EnqueuedPoints.Length, "enqueued by hand");
        var point = Read(text, random);
        var next = planner.With(point, state);
        var enqueued = next.EnqueuedPoints[^1];
        writer.Post(new PointEnqueued(time.GetUtcNow(), enqueued.FromJob, enqueued.FromOutcome, point));
        return next;
    }

    private Point Read(string text, RandomStream random)
    {
        try
        {
            return EnqueueBinder.Read(text, search.Space, random);
        }
        catch (CampaignException wrong)
        {
            throw new WrongWishException(wrong.Message);
        }
    }
}
