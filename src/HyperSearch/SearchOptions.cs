using System.Collections.Immutable;
using HyperSearch.Planning;
using HyperSearch.Samplers;
using HyperSearch.Samplers.CoarseToFine;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch;

/// <summary>How a search that is made in code decides. Every option has a sensible default.</summary>
public record SearchOptions
{
    /// <summary>What proposes points. Default: coarse to fine.</summary>
    public ISampler Sampler { get; init; } = new CoarseToFineSampler();

    /// <summary>What decides the epochs of a trial. Default: all of them for all.</summary>
    public ISchedule Schedule { get; init; } = new FullSchedule();

    /// <summary>How many trials in all. Default 100.</summary>
    public int Trials { get; init; } = 100;

    /// <summary>The full budget of a trial in epochs. Default 1: the function has none.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>The seed of every random stream. Default 1.</summary>
    public ulong Seed { get; init; } = 1;

    /// <summary>Logical workers: what fixes which outcomes a decision sees, however many workers there are. Default 8; 1 for a search that uses every outcome at once.</summary>
    public int Slots { get; init; } = 8;

    /// <summary>The name of the value. Default <c>value</c>.</summary>
    public string Metric { get; init; } = "value";

    /// <summary>Further metrics that are traded off against <see cref="Metric"/>; the function reports them with it. Default: none.</summary>
    public ImmutableArray<Goal> Further { get; init; } = [];

    /// <summary>How the leaders are confirmed on fresh seeds when the search has ended; the best is then the one with the best mean. Default <c>null</c>: not at all.</summary>
    public Confirm? Confirm { get; init; }

    /// <summary>When to give up.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>Configurations to try first, in this order.</summary>
    public ImmutableArray<Point> Enqueued { get; init; } = [];

    /// <summary>The trials of an earlier campaign that are tried after <see cref="Enqueued"/>. A campaign that is continued keeps what it began with. Default <c>null</c>: none.</summary>
    public EarlierTrials? Earlier { get; init; }

    /// <summary>The planned work of an epoch of a configuration, where it is known. Default <c>null</c>: the same for all.</summary>
    public Func<Point, double>? WorkPerEpoch { get; init; }

    /// <summary>The definition that these options make of a space.</summary>
    internal Search Define(Space space, bool maximize, string name) => new()
    {
        Name = name,
        Objective = new DelegateDefinition { Epochs = Epochs },
        Metric = Metric,
        Maximize = maximize,
        Space = space,
        Sampler = Sampler,
        Schedule = Schedule,
        Trials = Trials,
        Seed = Seed,
        Slots = Slots,
        Enqueued = Enqueued,
        Earlier = Earlier,
        Further = Further,
        Confirm = Confirm,
        Limits = Limits,
    };
}
