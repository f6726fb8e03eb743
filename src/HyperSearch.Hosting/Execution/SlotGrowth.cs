using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>The slots that a campaign is to have for the workers that have joined, where its search lets the slots follow the workers.
/// They only grow: a worker that leaves may come back.</summary>
/// <param name="search">The definition in force.</param>
/// <param name="record">Journals a change; called before a job is planned under it.</param>
internal sealed class SlotGrowth(Search search, Action<SlotChange> record)
{
    private readonly Lock _gate = new();
    private TaskCompletionSource _grown = New();
    private int _wanted;

    /// <summary>Ends when more slots are wanted than at the last look.</summary>
    public Task Grown
    {
        get
        {
            lock (_gate)
                return _grown.Task;
        }
    }

    /// <summary>There are so many workers now. Any thread may tell.</summary>
    public void Have(int workers)
    {
        lock (_gate)
        {
            var wanted = SlotLaw.Choose(search, workers);
            if (wanted <= _wanted)
                return;
            _wanted = wanted;
            _grown.TrySetResult();
        }
    }

    /// <summary>The planner with the slots that are wanted, the change journalled; <c>null</c> when it has as many.</summary>
    public Planner? Over(Planner planner, PlannerState state)
    {
        lock (_gate)
        {
            if (_grown.Task.IsCompleted)
                _grown = New();
            if (_wanted <= planner.LastSlots)
                return null;
            var next = planner.With(_wanted, state);
            record(next.SlotChanges[^1]);
            return next;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
