using HyperSearch.Cluster.Leases;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Tests.Simulation;

/// <summary>The host of a campaign from its start to its end or its kill: the real planner and the real lease book over a simulated
/// disk.</summary>
internal sealed class SimulatedHost
{
    private const double SweepEvery = 0.1;

    private readonly SimulatedCluster _cluster;
    private readonly SimulatedCampaign _campaign;
    private readonly Planner _planner;
    private readonly Arrivals _arrivals;
    private readonly LeaseBook _book;
    private readonly Dictionary<(string Worker, long Number), Action<Reply>> _reports = [];
    private readonly List<Outcome> _group = [];
    private PlannerState _state;
    private bool _isWriting;

    public SimulatedHost(SimulatedCluster cluster, SimulatedCampaign campaign, int incarnation, bool afterCrash)
    {
        (_cluster, _campaign, _planner) = (cluster, campaign, campaign.Plan());
        _arrivals = new Arrivals(cluster.Journal, campaign.Search.Relaxed);
        _book = new LeaseBook($"{incarnation}", cluster.Scenario.Rules, afterCrash ? Now + cluster.Scenario.Rules.Adoption : default);
        _state = _planner.Initial();
        Plan();
        Sweep();
        PauseSomeDay();
    }

    public bool IsAlive { get; private set; } = true;

    private TimeSpan Now => _cluster.Time.Elapsed;

    /// <summary>Kill −9: of the group on its way to the disk some first part may be there.</summary>
    public void Kill(double share)
    {
        IsAlive = false;
        foreach (var outcome in _isWriting ? _writing.Take((int)(share * (_writing.Count + 1))) : [])
            _cluster.Keep(outcome);
    }

    /// <summary>A report arrives.</summary>
    public void Hear(Report report, Action<Reply> answer)
    {
        if (!IsAlive)
            return;
        _reports[(report.Worker, report.Number)] = answer;
        Apply(_book.Hear(report, Now));
    }

    private IReadOnlyList<Outcome> _writing = [];

    private void Apply(Decisions decisions)
    {
        foreach (var (worker, number, reply) in decisions.Answers)
        {
            if (_reports.Remove((worker, number), out var answer))
                answer(reply);
        }

        foreach (var arrival in decisions.Arrivals)
        {
            var outcome = arrival.Outcome is null
                ? SimulatedCampaign.Lost(arrival.Job, arrival.Losses)
                : JobForm.ReadOutcome(arrival.Outcome, arrival.Job);
            _group.Add(outcome);
            _arrivals.Add(outcome);
        }

        if (decisions.Arrivals.Count == 0)
            return;
        Write();
        Plan();
    }

    private void Plan()
    {
        while (true)
        {
            (var job, _state) = _planner.Next(_state);
            if (job is not null)
            {
                if (!_arrivals.Knows(job))
                    Offer(job);
                continue;
            }

            if (_state.IsFinished || _arrivals.Take(_state.Awaited!.Value) is not { } outcome)
                return;
            _state = _planner.Observe(_state, outcome);
        }
    }

    private void Offer(Job job)
    {
        Apply(_book.Offer(job, JobForm.Write(job), Now));
        if (_campaign.IsEndless(job))
        {
            _cluster.Time.After(_cluster.Exponential(2), () =>
            {
                if (IsAlive)
                    Apply(_book.Stop(new StoppingJob(job.Number, "stopped by hand", 1)));
            });
        }
    }

    /// <summary>Writes what has gathered as one group; the acknowledgement follows a moment after the disk has it.</summary>
    private void Write()
    {
        if (_isWriting || _group.Count == 0)
        {
            EndWhenDone();
            return;
        }

        (_isWriting, _writing) = (true, [.. _group]);
        _group.Clear();
        _cluster.Time.After(_cluster.FlushTime(), () =>
        {
            if (!IsAlive)
                return;
            foreach (var outcome in _writing)
                _cluster.Keep(outcome);
            var written = _writing;
            (_isWriting, _writing) = (false, []);
            _cluster.Time.After(0.0001, () =>
            {
                if (!IsAlive)
                    return;
                foreach (var outcome in written)
                    Apply(_book.Acknowledge(outcome.Job));
                Write();
            });
        });
    }

    private void EndWhenDone()
    {
        if (!_state.IsFinished || _isWriting || _group.Count > 0)
            return;
        if (_campaign.MayExtend)
        {
            IsAlive = false;
            _campaign.Extend(_cluster.Journal.Max(outcome => outcome.Job) + 1);
            _cluster.StartHost(afterCrash: false);
            return;
        }

        Apply(_book.Finish());
        _cluster.End();
    }

    private void PauseSomeDay()
    {
        if (!double.IsFinite(_cluster.Scenario.Pauses))
            return;
        _cluster.Time.After(_cluster.Exponential(_cluster.Scenario.Pauses), () =>
        {
            if (IsAlive)
                _book.Pause();
            _cluster.Time.After(_cluster.Exponential(1), () =>
            {
                if (!IsAlive)
                    return;
                Apply(_book.GoOn(Now));
                PauseSomeDay();
            });
        });
    }

    private void Sweep()
    {
        if (!IsAlive)
            return;
        Apply(_book.Sweep(Now));
        EndWhenDone();
        _cluster.Time.After(SweepEvery, Sweep);
    }
}
