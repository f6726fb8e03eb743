using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>Changes of the plan that people ask for while a session runs. The campaign's loop takes them up where it waits for an outcome,
/// because there all that has been decided is fixed.</summary>
internal sealed class HandChanges
{
    /// <summary>Why nothing can be changed at the end.</summary>
    public const string AboutToEnd = "The campaign is about to end.";

    private readonly Lock _gate = new();
    private readonly Queue<Change> _asked = [];
    private TaskCompletionSource _come = New();
    private bool _over;

    /// <summary>Whether a change has been asked for and not been taken up.</summary>
    public bool AreAsked
    {
        get
        {
            lock (_gate)
                return _asked.Count > 0;
        }
    }

    /// <summary>Ends when a change is asked for.</summary>
    public Task Come
    {
        get
        {
            lock (_gate)
                return _come.Task;
        }
    }

    /// <summary>Whether nothing is planned any more.</summary>
    public bool IsOver
    {
        get
        {
            lock (_gate)
                return _over;
        }
    }

    /// <summary>Asks for a change.</summary>
    /// <param name="change">Gives the planner with the change, journalled, or refuses by a <see cref="CampaignException"/>.</param>
    /// <returns>Ends when it holds; faults when it was refused, also because the session is over.</returns>
    public Task AskAsync(Func<PlanMoment, Planner> change)
    {
        lock (_gate)
        {
            if (_over)
                throw new CampaignException(AboutToEnd);
            var asked = new Change(change, New());
            _asked.Enqueue(asked);
            _come.TrySetResult();
            return asked.Done.Task;
        }
    }

    /// <summary>The planner with all changes that were asked for.</summary>
    public Planner Over(PlanMoment moment)
    {
        lock (_gate)
        {
            _come = New();
            while (_asked.TryDequeue(out var asked))
            {
                try
                {
                    moment = moment with { Planner = asked.Make(moment) };
                    asked.Done.TrySetResult();
                }
                catch (Exception refusal)
                {
                    asked.Done.TrySetException(refusal); // whatever is wrong with a wish, the campaign goes on
                }
            }

            return moment.Planner;
        }
    }

    /// <summary>Refuses whatever is asked for from now on, because nothing is planned any more.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _over = true;
            while (_asked.TryDequeue(out var asked))
                asked.Done.TrySetException(new CampaignException(AboutToEnd));
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private sealed record Change(Func<PlanMoment, Planner> Make, TaskCompletionSource Done);
}

/// <summary>A moment at which the plan may change: everything on disk has been seen, and nothing can be decided before another outcome.
/// </summary>
/// <param name="Planner">The planner.</param>
/// <param name="State">Its state.</param>
/// <param name="UnderWay">The jobs that have no outcome yet: in hand, or waiting for a worker.</param>
/// <param name="Unseen">The outcomes that came too early for the planner to see them.</param>
internal sealed record PlanMoment(Planner Planner, PlannerState State, IReadOnlyList<Job> UnderWay, IReadOnlyCollection<Outcome> Unseen);
