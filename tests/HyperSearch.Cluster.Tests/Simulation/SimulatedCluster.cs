using HyperSearch.Numerics;
using HyperSearch.Planning;

namespace HyperSearch.Cluster.Tests.Simulation;

/// <summary>
/// A whole cluster in one thread: the real planner and both sides of the real protocol; time, network, disk and deaths are drawn from the
/// seed.
/// </summary>
internal sealed class SimulatedCluster
{
    private const double Latest = 20_000; // simulated seconds

    private readonly RandomStream _random;
    private readonly Dictionary<int, Outcome> _kept = [];
    private readonly Dictionary<int, double> _downUntil = [];
    private readonly Dictionary<int, int> _runs = [];
    private int _incarnations;
    private int _processes;

    private SimulatedCluster(Scenario scenario, ulong seed)
    {
        (Scenario, Campaign, _random) = (scenario, new SimulatedCampaign(scenario), RandomStream.For(seed, 0, "cluster"));
        StartHost(afterCrash: false);
        for (var worker = 0; worker < scenario.Workers; worker++)
        {
            var number = worker;
            Time.After(0.05 * Draw(), () => StartWorker(number));
        }

        KillHostSometime();
    }

    public Scenario Scenario { get; }

    public SimulatedCampaign Campaign { get; }

    public Timeline Time { get; } = new();

    /// <summary>The disk, which outlives the host: outcomes in the order in which they were written.</summary>
    public List<Outcome> Journal { get; } = [];

    public SimulatedHost? Host { get; private set; }

    public bool IsOver { get; private set; }

    public int WorkerKills { get; set; }

    public int Departures { get; set; }

    public int HostKills { get; private set; }

    public int Messages { get; private set; }

    public int GivenUp { get; set; }

    /// <summary>How many jobs went on with a trial, and how many of them on a worker that had to fetch its checkpoint.</summary>
    public int GoesOn { get; set; }

    public int Moved { get; set; }

    public double Busy { get; set; }

    /// <summary>How many jobs ran more than once.</summary>
    public int RanTwice => _runs.Values.Count(times => times > 1);

    /// <summary>The share of the time that the slots of all workers worked.</summary>
    public double BusyShare => Busy / (Time.Now * Scenario.Workers * Scenario.Slots);

    /// <summary>Runs a scenario to its end.</summary>
    /// <exception cref="InvalidOperationException">A promise of the protocol was broken.</exception>
    public static SimulatedCluster Run(Scenario scenario, ulong seed)
    {
        var cluster = new SimulatedCluster(scenario, seed);
        cluster.Time.RunUntil(() => cluster.IsOver, Latest);
        cluster.RequireTheRecordOfOneProcess();
        return cluster;
    }

    public double Draw() => _random.NextDouble();

    public double Exponential(double mean) => double.IsFinite(mean) ? -mean * Math.Log(1 - Draw()) : mean;

    public double FlushTime() => Scenario.Flush == 0 ? 0 : 0.0005 + Exponential(Scenario.Flush);

    public void StartHost(bool afterCrash) => Host = new SimulatedHost(this, Campaign, _incarnations++, afterCrash);

    public void StartWorker(int number)
    {
        if (!IsOver)
            new SimulatedWorker(this, number, $"worker {number}, process {_processes++}").Start();
    }

    public void End() => IsOver = true;

    /// <summary>An outcome is on disk.</summary>
    public void Keep(Outcome outcome)
    {
        if (!_kept.TryAdd(outcome.Job, outcome))
            throw new InvalidOperationException($"job {outcome.Job} is in the journal twice");
        Journal.Add(outcome);
        Time.Note(1, 0, outcome.Job);
    }

    /// <summary>Whatever a worker hears acknowledged is on disk at that moment, and so at every later kill.</summary>
    public void RequireKept(IEnumerable<int> acknowledged)
    {
        foreach (var job in acknowledged)
        {
            if (!_kept.ContainsKey(job))
                throw new InvalidOperationException($"job {job} was acknowledged but is not in the journal");
        }
    }

    public void Ran(int worker, Job job)
    {
        _runs[job.Number] = _runs.GetValueOrDefault(job.Number) + 1;
        Time.Note(2, worker, job.Number);
    }

    /// <summary>Sends a message between a worker and the host: it may be lost, late, or come twice.</summary>
    public void Send(int worker, Action arrive)
    {
        Messages++;
        if (_downUntil.GetValueOrDefault(worker) > Time.Now)
            return;
        if (_random.Happens(Scenario.Partitions))
        {
            _downUntil[worker] = Time.Now + Exponential(2);
            return;
        }

        Time.After(Delay(), arrive);
        if (_random.Happens(Scenario.Duplicates))
            Time.After(Delay() + Exponential(1), arrive);
    }

    private double Delay() =>
        (Scenario.Latency * 0.4) + Exponential(Scenario.Latency * 0.6) + (_random.Happens(Scenario.Delays) ? 1 + Exponential(1) : 0);

    private void KillHostSometime() => Time.After(1 + Exponential(Scenario.HostLives), () =>
    {
        if (IsOver || HostKills == Scenario.MostHostKills)
            return;
        HostKills++;
        Host!.Kill(Draw());
        Host = null;
        Time.After(0.5 + (3 * Draw()), () =>
        {
            StartHost(afterCrash: true);
            KillHostSometime();
        });
    });

    /// <summary>In logical order the journal is a single process's; relaxed, it follows from itself. Each outcome is its own
    /// job's.</summary>
    private void RequireTheRecordOfOneProcess()
    {
        var ancestors = Trial.Fold(Journal, Campaign.Search.Objective.Epochs).ToDictionary(trial => trial.Number, trial => trial.Past);
        foreach (var outcome in Journal)
        {
            var past = ancestors[outcome.Trial];
            var job = new Job(outcome.Job, outcome.Trial, outcome.Point, outcome.Origin, outcome.FromEpochs, outcome.ToEpochs, null,
                TrialSeed.Of(Campaign.Search.Seed, past.IsEmpty ? outcome.Trial : past[0].Trial, outcome.Repeat))
            {
                Past = past,
            };
            if ((outcome.Value, outcome.Reason) != Expected(job))
                throw new InvalidOperationException($"job {outcome.Job} has the outcome of another job");
        }

        if (Campaign.Search.Relaxed)
        {
            RequireThatTheRecordFollowsFromItself();
            return;
        }

        var alone = SimulatedCampaign.Alone(Scenario).Outcomes;
        if (!alone.Values.Select(Essence).SequenceEqual(Journal.OrderBy(outcome => outcome.Job).Select(Essence)))
            throw new InvalidOperationException("the journal is not the one of a single process");
    }

    private (double?, string?) Expected(Job job) => Campaign.OutcomeOf(job) is var expected ? (expected.Value, expected.Reason) : default;

    private void RequireThatTheRecordFollowsFromItself()
    {
        var (planner, arrivals) = (Campaign.Plan(), new Arrivals(Journal, relaxed: true));
        var state = planner.Initial();
        while (!state.IsFinished)
        {
            (var job, state) = planner.Next(state);
            if (job is not null && !arrivals.Knows(job))
                throw new InvalidOperationException($"job {job.Number} is not in the journal");
            if (job is null && !state.IsFinished)
                state = planner.Observe(state, arrivals.Take(state.Awaited!.Value)
                    ?? throw new InvalidOperationException("the journal ends early"));
        }
    }

    private static (int, int, int, int, int, double?, string) Essence(Outcome outcome) =>
        (outcome.Job, outcome.Trial, outcome.Repeat, outcome.FromEpochs, outcome.ToEpochs, outcome.Value, outcome.Point.ToString());
}
