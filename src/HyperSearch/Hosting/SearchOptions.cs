using System.Collections.Immutable;
using HyperSearch.Campaigns;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting;

/// <summary>How a search that is started from code goes about it. Every option has a sensible default.</summary>
public sealed record SearchOptions
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

    /// <summary>Worker threads. Default: one per core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Logical workers: what fixes which outcomes a decision sees, however many workers there are. Default 8; 1 for a search that uses every outcome at once.</summary>
    public int Slots { get; init; } = 8;

    /// <summary>Further metrics that are traded off against <see cref="Metric"/>; the function reports them with it. Default: none.</summary>
    public ImmutableArray<Goal> Further { get; init; } = [];

    /// <summary>How the leaders are confirmed on fresh seeds when the search has ended; the best is then the one with the best mean. Default <c>null</c>: not at all.</summary>
    public Confirm? Confirm { get; init; }

    /// <summary>When to give up.</summary>
    public Limits Limits { get; init; } = new();

    /// <summary>Configurations to try first, in this order.</summary>
    public ImmutableArray<Point> Enqueued { get; init; } = [];

    /// <summary>What is tried after those of an earlier campaign: <c>EarlierTrials.Take(KeptCampaign.Read("results/digits"), …)</c>. A campaign that is continued keeps what it began with. Default <c>null</c>: nothing.</summary>
    public EarlierTrials? Earlier { get; init; }

    /// <summary>The name of the value. Default <c>value</c>.</summary>
    public string Metric { get; init; } = "value";

    /// <summary>Where the campaign is kept. One that exists is continued. Default <c>null</c>: in a temporary folder that goes at the end.</summary>
    public string? Folder { get; init; }

    /// <summary>The planned work of an epoch of a configuration, where it is known. Default <c>null</c>: the same for all.</summary>
    public Func<Point, double>? WorkPerEpoch { get; init; }

    /// <summary>Who watches.</summary>
    public ImmutableArray<ICampaignObserver> Observers { get; init; } = [];

    /// <summary>Where it logs. Default <c>null</c>: nowhere.</summary>
    public ILoggerFactory? Logging { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
