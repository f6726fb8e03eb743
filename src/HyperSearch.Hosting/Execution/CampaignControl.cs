using System.Collections.Immutable;
using System.Globalization;
using HyperSearch.Hosting.Control;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Searches.Binding;
using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>Fulfils the wishes of people in a session. What changes decisions is journalled with the moment from which it holds, so a
/// campaign stays a function of its record.</summary>
/// <param name="search">The definition in force.</param>
/// <param name="workers">The session's workers.</param>
/// <param name="writer">The session's writer.</param>
/// <param name="board">Told of another number of trials.</param>
/// <param name="stop">Interrupts the session.</param>
/// <param name="time">The clock.</param>
internal sealed class CampaignControl(
    Search search, IWorkers workers, OutcomeWriter writer, ProgressBoard board, Action stop, TimeProvider time)
{
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
        catch (Exception fault)
        {
            return new WishAnswer(false, $"Something unexpected went wrong with the wish: {fault.Message}");
        }
    }

    private async Task<string> DoAsync(Wish wish)
    {
        switch (wish)
        {
            case { What: WishKind.Stop }:
                if (Changes.IsOver)
                    throw new CampaignException(HandChanges.AboutToEnd);
                stop();
                return "It stops: trials in hand write their checkpoints.";
            case { What: WishKind.Pause }:
                return Pause(true);
            case { What: WishKind.GoOn }:
                return Pause(false);
            case { What: WishKind.StopTrial, Trial: { } trial }:
                return StopTrial(trial);
            case { What: WishKind.MoreTrials, Trials: { } trials }:
                await Changes.AskAsync((planner, state) => More(planner, state, trials, []));
                return string.Create(CultureInfo.InvariantCulture, $"It goes on to {trials} trials.");
            case { What: WishKind.RetryFailed }:
                await Changes.AskAsync(Retry);
                return "The failed trials start again, as new trials.";
            case { What: WishKind.Enqueue, Point: { } text }:
                await Changes.AskAsync((planner, state) => Enqueue(planner, state, text));
                return "It is the next to start.";
            default:
                throw new CampaignException("The wish lacks a number or a configuration.");
        }
    }

    private string Pause(bool paused)
    {
        if (workers.Paused == paused)
            throw new CampaignException(paused ? "It is paused already." : "It is not paused.");
        if (!workers.TryPause(paused))
            throw new CampaignException("A campaign with workers on other machines cannot be paused; stop it, and resume goes on.");
        writer.Post(new CampaignPaused(time.GetUtcNow(), paused));
        return paused ? "It is paused: trials in hand go on to the end of their job, and no other begins." : "It goes on.";
    }

    private string StopTrial(int trial)
    {
        if (workers.InFlight.FirstOrDefault(entry => entry.Job.Trial == trial) is not { } running)
            throw new CampaignException(string.Create(CultureInfo.InvariantCulture, $"No worker has trial {trial} in hand."));
        writer.Post(new TrialStopped(time.GetUtcNow(), trial, running.Job.Number));
        workers.Stop(running.Job.Number, "stopped by hand");
        return string.Create(CultureInfo.InvariantCulture, $"Trial {trial} stops at its next epoch, with the value that it has there.");
    }

    private Planner Retry(Planner planner, PlannerState state)
    {
        var again = planner.FailedAt(state);
        return again.IsEmpty
            ? throw new CampaignException("There is no failed trial that could start again.")
            : More(planner, state, planner.TrialsAt(state) + again.Length, again);
    }

    private Planner More(Planner planner, PlannerState state, int trials, ImmutableArray<int> again)
    {
        if (state.SearchEnding is not null)
            throw new CampaignException("The search has ended; \"resume --trials\" extends it when the campaign has.");
        var now = planner.TrialsAt(state);
        if (trials <= now)
        {
            throw new CampaignException(string.Create(CultureInfo.InvariantCulture,
                $"It goes to {now} trials already, and a campaign that runs can only get more, not {trials}."));
        }

        var next = planner.With(trials, again, state);
        var limit = next.TrialLimits[^1];
        writer.Post(new TrialsChanged(time.GetUtcNow(), limit.FromJob, limit.FromOutcome, trials)
        {
            HoldsBack = limit.HoldsBack,
            Again = limit.Again,
        });
        board.Plan(trials);
        return next;
    }

    private Planner Enqueue(Planner planner, PlannerState state, string text)
    {
        if (!planner.MayEnqueue(state))
            throw new CampaignException("Every trial that it was asked for has begun or is enqueued; ask for more trials first.");
        var random = RandomStream.For(search.Seed, (ulong)planner.EnqueuedPoints.Length, "enqueued by hand");
        var point = EnqueueBinder.Read(text, search.Space, random);
        var next = planner.With(point, state);
        var enqueued = next.EnqueuedPoints[^1];
        writer.Post(new PointEnqueued(time.GetUtcNow(), enqueued.FromJob, enqueued.FromOutcome, point));
        return next;
    }
}
