using System.Collections.Immutable;
using HyperSearch.Hosting.Execution;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting;

/// <summary>How a search that is made in code decides, and how its campaign runs. Every option has a sensible default.</summary>
public sealed record CampaignOptions : SearchOptions
{
    /// <summary>Worker threads. Default: one per core.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    /// <summary>Where the campaign is kept. One that exists is continued. Default <c>null</c>: in a temporary folder that goes at the end.</summary>
    public string? Folder { get; init; }

    /// <summary>Who watches.</summary>
    public ImmutableArray<ICampaignObserver> Observers { get; init; } = [];

    /// <summary>Where it logs. Default <c>null</c>: nowhere.</summary>
    public ILoggerFactory? Logging { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;
}
