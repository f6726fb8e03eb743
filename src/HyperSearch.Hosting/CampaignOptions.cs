using System.Collections.Immutable;
using HyperSearch.Hosting.Execution;
using HyperSearch.Planning;
using Microsoft.Extensions.Logging;

namespace HyperSearch.Hosting;

/// <summary>How a search that is made in code decides, and how its campaign runs. Every option has a sensible default.</summary>
/// <example>
/// <code>
/// var space = new Space([new Parameter("x", new UniformScale(0, 1))]);
/// var options = new CampaignOptions { Trials = 30, Workers = 2 };
/// var result = await Search.MinimizeAsync(space, (trial, stop) => Task.FromResult(Math.Pow(trial.GetDouble("x") - 0.3, 2)), options);
/// Console.WriteLine($"{result.BestPoint}: {result.BestValue}");
/// </code>
/// </example>
public sealed record CampaignOptions : SearchOptions
{
    /// <summary>Worker threads. Default: one per core.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or more than 1,024.</exception>
    public int Workers
    {
        get;
        init => field = SearchLaw.Within(value, 1, SearchChecks.MostWorkers, nameof(Workers), "The default takes one per core.");
    } = Math.Min(Environment.ProcessorCount, SearchChecks.MostWorkers);

    /// <summary>
    /// The folder that keeps the campaign. A campaign that exists is continued. Default <c>null</c>: a temporary folder that goes at the
    /// end.
    /// </summary>
    /// <exception cref="ArgumentException">Empty.</exception>
    public string? Folder
    {
        get;
        init => field = value is null ? null : SearchLaw.Text(value, nameof(Folder), "Name a folder; null keeps nothing.");
    }

    /// <summary>The observers, which hear of every outcome. Default: none.</summary>
    /// <exception cref="ArgumentException">One of them is <c>null</c>.</exception>
    public ImmutableArray<ICampaignObserver> Observers
    {
        get;
        init => field = value.IsDefault ? [] : !value.Contains(null!) ? value
            : throw new ArgumentException("An observer is null. Leave it out.", nameof(Observers));
    } = [];

    /// <summary>The loggers that are told what goes on. Default <c>null</c>: none.</summary>
    public ILoggerFactory? Logging { get; init; }

    /// <summary>The clock. Default: the system's.</summary>
    public TimeProvider Time { get; init => field = value ?? throw new ArgumentNullException(nameof(Time)); } = TimeProvider.System;
}
