using HyperSearch.Cluster.Leases;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Tests.Simulation;

/// <summary>A worker process from its start to its kill or departure: the real lease holder over a simulated network.</summary>
internal sealed class SimulatedWorker(SimulatedCluster cluster, int number, string name)
{
    private const double AnswerTime = 2.5; // seconds after which a reply counts as lost

    private readonly LeaseHolder _holder = new(name, cluster.Scenario.Slots);
    private readonly Queue<Job> _queue = [];
    private readonly Dictionary<int, (double Began, Job Job)> _running = [];
    private readonly HashSet<(int Trial, int Repeat)> _checkpoints = [];
    private readonly HashSet<int> _stopping = [];
    private bool _isAlive = true;
    private int _calls;
    private double _spoke = double.NegativeInfinity;

    public void Start()
    {
        Beat();
        cluster.Time.After(cluster.Exponential(cluster.Scenario.WorkerLives), Kill);
        cluster.Time.After(cluster.Exponential(cluster.Scenario.WorkerStays), Leave);
    }

    private void Kill()
    {
        if (!_isAlive || cluster.IsOver)
            return;
        cluster.WorkerKills++;
        End();
    }

    /// <summary>SIGTERM: the jobs in hand are given back, and outcomes are sent until they are acknowledged.</summary>
    private void Leave()
    {
        if (!_isAlive || cluster.IsOver)
            return;
        cluster.Departures++;
        _holder.IsDraining = true;
        foreach (var job in _running.Keys.Concat(_queue.Select(job => job.Number)).ToList())
            _holder.Return(job);
        Stop();
        Exchange();
    }

    private void End()
    {
        _isAlive = false;
        Stop();
        cluster.Time.After(4 * cluster.Draw(), () => cluster.StartWorker(number));
    }

    private void Stop()
    {
        foreach (var (began, _) in _running.Values)
            cluster.Busy += cluster.Time.Now - began;
        _running.Clear();
        _queue.Clear();
    }

    private void Beat()
    {
        if (!_isAlive || cluster.IsOver)
            return;
        if (_calls == 0 && cluster.Time.Now - _spoke >= cluster.Scenario.Rules.Beat.TotalSeconds)
            Exchange();
        cluster.Time.After(cluster.Scenario.Rules.Beat.TotalSeconds / 4, Beat);
    }

    private void Exchange()
    {
        var report = _holder.Next(_holder.IsDraining ? TimeSpan.FromSeconds(0.2) : cluster.Scenario.Rules.Beat);
        var isSettled = false;
        _calls++;
        _spoke = cluster.Time.Now;
        cluster.Send(number, () => cluster.Host?.Hear(report, Answer));
        cluster.Time.After(AnswerTime, () =>
        {
            if (_isAlive && !isSettled)
            {
                _holder.Lose(report);
                Settle();
            }
        });

        void Answer(Reply reply) => cluster.Send(number, () =>
        {
            if (!_isAlive)
                return;
            Settle();
            Take(report, reply);
        });

        void Settle()
        {
            if (!isSettled)
                _calls--;
            isSettled = true;
        }
    }

    private void Take(Report report, Reply reply)
    {
        cluster.RequireKept(reply.Acknowledged);
        var (begin, giveUp) = _holder.Take(report, reply);
        foreach (var job in giveUp.Where(job => _running.ContainsKey(job)))
        {
            cluster.Busy += cluster.Time.Now - _running[job].Began;
            _running.Remove(job);
            _stopping.Remove(job);
            cluster.GivenUp++;
        }

        foreach (var granted in begin)
            _queue.Enqueue(JobForm.ReadJob(granted.Form));
        foreach (var stopping in reply.Stopping.Where(stopping => _holder.Holds(stopping.Job)))
        {
            _stopping.Add(stopping.Job);
            if (_running.TryGetValue(stopping.Job, out var run) && cluster.Campaign.IsEndless(run.Job))
                EndAfter(0.01, run.Job, run.Began);
        }

        Work();
        if (_holder is { IsDraining: true, Unacknowledged: 0 })
            End();
        else if (_calls == 0 && (_holder.IsDraining || _holder.HasRoom || reply.Wanted.Length > 0))
            Exchange(); // a worker with room always has a report at the host, so that the host can speak at any time
    }

    private void Work()
    {
        while (_running.Count < cluster.Scenario.Slots && _queue.TryDequeue(out var job))
        {
            if (!_holder.Holds(job.Number))
                continue; // dropped while it waited here
            var began = cluster.Time.Now;
            _running[job.Number] = (began, job);
            cluster.Ran(number, job);
            if (job.FromEpochs > 0 && !_checkpoints.Contains((job.Trial, job.Repeat)))
                cluster.Moved++;
            cluster.GoesOn += job.FromEpochs > 0 ? 1 : 0;
            if (cluster.Campaign.IsPoison(job))
                cluster.Time.After(0.01, Kill);
            else if (!cluster.Campaign.IsEndless(job))
                EndAfter(cluster.Campaign.SecondsOf(job), job, began);
            else if (_stopping.Contains(job.Number))
                EndAfter(0.01, job, began);
        }
    }

    private void EndAfter(double seconds, Job job, double began) => cluster.Time.After(seconds, () =>
    {
        if (!_isAlive || !_running.TryGetValue(job.Number, out var run) || run.Began != began || !run.Job.Equals(job))
            return;
        _running.Remove(job.Number);
        _stopping.Remove(job.Number);
        _checkpoints.Add((job.Trial, job.Repeat));
        cluster.Busy += cluster.Time.Now - began;
        if (_holder.Finish(job.Number, JobForm.Write(cluster.Campaign.OutcomeOf(job)), cluster.Time.Now - began))
            Exchange();
        Work();
    });
}
