namespace HyperSearch.Planning;

/// <summary>When to give up on a job, a trial or the campaign.</summary>
public sealed record Limits
{
    /// <summary>The longest an attempt at a job may take; <c>null</c> for no limit.</summary>
    public TimeSpan? TrialTimeout { get; init; }

    /// <summary>How often a failed job is tried again, where a second try may help. Default 2.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The campaign ends when this many trials in a row, in logical order, have failed. Default 10; 0 never.</summary>
    public int StopAfterFailures { get; init; } = 10;

    /// <summary>The longest the campaign may run, over all its sessions; <c>null</c> for no limit.</summary>
    public TimeSpan? Time { get; init; }

    /// <summary>The campaign ends once a trial is this good; <c>null</c> never.</summary>
    public double? Target { get; init; }

    /// <summary>The campaign ends after this many trials without a new best; <c>null</c> never.</summary>
    public int? Patience { get; init; }

    /// <summary>The campaign ends once this many epochs were trained over all trials; <c>null</c> never.</summary>
    public long? Epochs { get; init; }
}
