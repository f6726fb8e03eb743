using System.Collections.Immutable;
using HyperSearch.Hosting.Journals;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>Counts acknowledged outcomes. Written by one thread; <see cref="Now"/> may be read by any.</summary>
/// <param name="request">The campaign.</param>
/// <param name="workers">The workers of the session; <c>null</c> where it needs none.</param>
/// <param name="time">The clock.</param>
internal sealed class ProgressBoard(CampaignRequest request, IWorkers? workers, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private CampaignProgress _progress = new()
    {
        Campaign = request.Folder.Name,
        Planned = request.Search.Trials,
        Workers = workers?.Count ?? 0,
        WantedWorkers = request.Workers,
    };

    private volatile int _slots = request.Search.Slots;

    /// <summary>Slots at this moment.</summary>
    public int Slots
    {
        get => _slots;
        set => _slots = value;
    }

    public CampaignProgress Now
    {
        get
        {
            var progress = Volatile.Read(ref _progress);
            return progress with
            {
                Elapsed = time.GetElapsedTime(_start),
                Held = progress.HeldTime.At(time.GetUtcNow()),
                InFlight = workers?.InFlight ?? [],
                Workers = workers?.Count ?? 0,
                Slots = Slots,
            };
        }
    }

    /// <summary>Counts an outcome of an earlier session.</summary>
    public void Resume(Outcome outcome)
    {
        var counted = Count(outcome);
        Volatile.Write(ref _progress, counted with { Resumed = _progress.Resumed + 1, TrialsBefore = counted.Trials });
    }

    /// <summary>Counts an outcome that has just been acknowledged.</summary>
    public void Acknowledge(Outcome outcome) =>
        Volatile.Write(ref _progress, Count(outcome) with
        {
            Acknowledged = _progress.Acknowledged + 1,
            HeldTime = _progress.HeldTime.AfterJob(time.GetUtcNow()),
        });

    /// <summary>Notes what has happened.</summary>
    public void Observe(CampaignEvent entry)
    {
        Slots = (entry as SlotsChanged)?.Slots ?? Slots;
        Volatile.Write(ref _progress, _progress with
        {
            Planned = (entry as TrialsChanged)?.Trials ?? _progress.Planned,
            HeldTime = _progress.HeldTime.After(entry),
        });
    }

    /// <summary>Notes how far the trainings are by which the winner is judged.</summary>
    public void Judge(JudgingProgress progress) => Volatile.Write(ref _progress, _progress with { Judging = progress });

    private CampaignProgress Count(Outcome outcome) => outcome.Repeat > 0
        ? _progress with { Repeats = _progress.Repeats + 1 }
        : _progress with
        {
            Trials = outcome.IsFirst ? _progress.Trials + 1 : _progress.Trials,
            Outcomes = _progress.Outcomes.SetItem(outcome.State, _progress.Outcomes.GetValueOrDefault(outcome.State) + 1),
            Best = IsBetter(outcome, _progress.Best) ? outcome : _progress.Best,
        };

    /// <summary>
    /// More epochs first (values of different budgets do not compare), then the value, then the cheaper and the smaller, then the earlier
    /// trial: the order of the ranking.
    /// </summary>
    private bool IsBetter(Outcome outcome, Outcome? best)
    {
        if (outcome.Value is not { } value)
            return false;
        if (best?.Value is not { } held)
            return true;
        var byBudget = Budget(outcome).CompareTo(Budget(best));
        if (byBudget != 0)
            return byBudget > 0;
        if (value != held)
            return value < held != request.Search.Maximize;
        var byTie = TieBreak.Of(outcome.Measured).CompareTo(TieBreak.Of(best.Measured));
        return byTie == 0 ? outcome.Trial < best.Trial : byTie < 0;
    }

    private static int Budget(Outcome outcome) => outcome.State == OutcomeState.Completed ? outcome.ToEpochs : 0;
}
