using System.Collections.Immutable;
using HyperSearch.Spaces;

namespace HyperSearch.Hosting.Stores;

/// <summary>The present moment of a campaign, as its owner tells observers; the journal knows only the jobs that have ended.</summary>
/// <param name="At">The moment, UTC.</param>
/// <param name="Planned">How many trials have been planned so far.</param>
/// <param name="Jobs">The jobs dispatched and not ended.</param>
public sealed record LiveStatus(DateTimeOffset At, int Planned, ImmutableArray<LiveJob> Jobs)
{
    /// <summary>The owner that wrote it; set by <see cref="LiveStatusFile"/>.</summary>
    public CampaignOwner? Owner { get; init; }
}

/// <summary>A job in flight.</summary>
/// <param name="Job">The job's number.</param>
/// <param name="Trial">The trial's number.</param>
/// <param name="Epoch">The last epoch that it reported; the job's first when it has not reported.</param>
/// <param name="ToEpochs">Epochs that it is planned to end at.</param>
/// <param name="Worker">Which worker runs it, from 0; <c>null</c> while it waits for one.</param>
/// <param name="Value">The metric that decides, at that epoch; <c>null</c> before a report that has it, and where it is not finite.</param>
public sealed record LiveJob(int Job, int Trial, int Epoch, int ToEpochs, int? Worker, double? Value = null)
{
    /// <summary>The process that runs it, for people, where workers of several take part; else <c>null</c>.</summary>
    public string? Place { get; init; }

    /// <summary>The trial's configuration; <c>null</c> where an older program runs the job.</summary>
    public Point? Point { get; init; }

    /// <summary>What the rule that may stop the job allows, in the metric that decides; empty where no such rule holds, or it allows
    /// anything.</summary>
    public ImmutableArray<LiveLimit> Limits { get; init; } = [];

    /// <summary>The reason that the rule would give, for people; <c>null</c> without a rule.</summary>
    public string? LimitReason { get; init; }
}

/// <summary>The worst value that the best epoch so far may have.</summary>
/// <param name="Epoch">After so many epochs.</param>
/// <param name="Value">The value.</param>
public readonly record struct LiveLimit(int Epoch, double Value);
