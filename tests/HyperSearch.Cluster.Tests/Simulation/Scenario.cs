using HyperSearch.Cluster.Leases;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Samplers.Designs;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Cluster.Tests.Simulation;

/// <summary>A cluster to simulate: the search, the workers, and what befalls them.</summary>
internal sealed record Scenario
{
    /// <summary>The search.</summary>
    public required Search Search { get; init; }

    /// <summary>Worker processes.</summary>
    public int Workers { get; init; } = 16;

    /// <summary>Jobs that a process runs at a time.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>Trials of the first session; the campaign is then extended to all of the search. 0: no extension.</summary>
    public int TrialsAtFirst { get; init; }

    /// <summary>The mean time of a whole training, in seconds.</summary>
    public double Seconds { get; init; } = 0.1;

    /// <summary>Mean time between kills of one worker, in seconds; infinite for none.</summary>
    public double WorkerLives { get; init; } = double.PositiveInfinity;

    /// <summary>Mean time between orderly departures of one worker, in seconds; infinite for none.</summary>
    public double WorkerStays { get; init; } = double.PositiveInfinity;

    /// <summary>Mean time between kills of the host, in seconds; infinite for none.</summary>
    public double HostLives { get; init; } = double.PositiveInfinity;

    /// <summary>How often the host is killed at most.</summary>
    public int MostHostKills { get; init; } = int.MaxValue;

    /// <summary>The share of messages with which a worker's connection breaks for a while.</summary>
    public double Partitions { get; init; }

    /// <summary>The share of messages that come twice.</summary>
    public double Duplicates { get; init; }

    /// <summary>The share of messages that come a second or more late.</summary>
    public double Delays { get; init; }

    /// <summary>The mean time of a flush, in seconds; 0 for a disk that takes none.</summary>
    public double Flush { get; init; } = 0.003;

    /// <summary>The time of a message, in seconds; 0 for workers in the host's own process.</summary>
    public double Latency { get; init; } = 0.0005;

    /// <summary>The share of jobs that kill the worker that runs them.</summary>
    public double Poison { get; init; }

    /// <summary>The share of jobs that run until they are told to stop, by a person who looks at the host.</summary>
    public double Endless { get; init; }

    /// <summary>Mean time between two pauses of the campaign, in seconds; infinite for none.</summary>
    public double Pauses { get; init; } = double.PositiveInfinity;

    /// <summary>The same with threads of the host's process for workers.</summary>
    public Scenario Local => this with { Latency = 0, Flush = 0 };

    /// <summary>The protocol's times.</summary>
    public LeaseRules Rules { get; init; } = new()
    {
        TimeToLive = TimeSpan.FromSeconds(5),
        Beat = TimeSpan.FromSeconds(1.5),
        MostLosses = 1000,
    };

    /// <summary>The scenario in which everything goes wrong at once.</summary>
    public Scenario Stormy => this with
    {
        WorkerLives = 8,
        WorkerStays = 20,
        HostLives = 4,
        Partitions = 0.002,
        Duplicates = 0.01,
        Delays = 0.002,
        Flush = 0.01,
    };

    /// <summary>A search of two parameters.</summary>
    public static Search Of(ISchedule schedule, int trials, ulong seed, ISampler? sampler = null) => new()
    {
        Name = "simulated",
        Objective = new DelegateDefinition { Epochs = 27 },
        Metric = "loss",
        Space = new Space([new Parameter("x", new UniformScale(0, 1)), new Parameter("y", new LogScale(1e-4, 1))]),
        Sampler = sampler ?? new CoarseToFineSampler(),
        Schedule = schedule,
        Trials = trials,
        Slots = 32,
        Seed = seed,
    };

    /// <summary>Every kind of campaign, small and stormy, chosen by the seed.</summary>
    public static Scenario At(ulong seed)
    {
        var (kind, storm) = ((int)(seed % 8), seed / 8 % 4);
        Search search = kind switch
        {
            0 => Of(new FullSchedule(), 120, seed),
            1 => Of(new AshaSchedule { MinEpochs = 3, Factor = 3 }, 90, seed),
            2 => Of(new HyperbandSchedule(), 60, seed),
            3 => Of(new FullSchedule(), 60, seed) with { Confirm = new Confirm { Top = 3, Repeats = 2 } },
            4 => Of(new FullSchedule(), 120, seed) with { Relaxed = true },
            5 => Of(new AshaSchedule { MinEpochs = 3, Factor = 3 }, 90, seed) with { Relaxed = true },
            6 when seed / 32 % 2 == 1 => Of(new PbtSchedule { Population = 12 }, 60, seed, new RandomSampler()),
            6 => Of(new SuccessiveHalvingSchedule(), 60, seed, new RandomSampler()),
            _ => Of(new AshaSchedule { MinEpochs = 1, Factor = 3 }, 80, seed),
        };
        var scenario = new Scenario
        {
            Search = search,
            Workers = seed % 16 == 5 ? 64 : 6,
            Seconds = 0.5,
            Slots = 1 + (int)(seed % 3),
            TrialsAtFirst = kind == 7 ? 40 : 0,
        };
        if (seed % 2 == 0)
            scenario = scenario with { Rules = scenario.Rules with { BackupAfter = 0 } }; // a backup run would hide a lost grant
        if (seed % 3 > 0)
        {
            // each job follows from the last ones
            scenario = scenario with { Search = search with { Slots = scenario.Workers * scenario.Slots } };
        }

        // The death of a worker or of the host, or a lease that ends, mends what a mistake would leave hanging: some storms have none.
        var undying = scenario.Stormy with { WorkerLives = double.PositiveInfinity, WorkerStays = double.PositiveInfinity };
        return storm switch
        {
            0 => scenario.Stormy,
            1 => scenario.Stormy with { HostLives = double.PositiveInfinity },
            2 => undying with { HostLives = 1, MostHostKills = 3, Flush = 0.2 },
            _ => undying with
            {
                HostLives = double.PositiveInfinity,
                Partitions = 0.02,
                Delays = 0.02,
                Duplicates = 0.05,
                Seconds = 2,
                Rules = scenario.Rules with { TimeToLive = TimeSpan.FromHours(1) },
            },
        };
    }
}
