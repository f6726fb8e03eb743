namespace HyperSearch.Planning;

/// <summary>When to give up on a job, a trial or the campaign.</summary>
/// <example>
/// <code>
/// var limits = new Limits { Time = TimeSpan.FromHours(2), Target = 0.01, Patience = 50 };
/// </code>
/// </example>
public sealed record Limits
{
    /// <summary>The greatest number of epochs that a limit can name: integers up to it are exact as numbers of any program.</summary>
    internal const long MostEpochs = 1L << 53;

    /// <summary>The longest that an attempt at a job may take; <c>null</c>, the default, for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or beyond 10⁹ seconds.</exception>
    public TimeSpan? TrialTimeout { get; init => field = SearchLaw.Positive(value, nameof(TrialTimeout), "null sets no limit."); }

    /// <summary>How often a failed job is tried again, where a second try may help. Default 2.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int Retries { get; init => field = SearchLaw.AtLeast(value, 0, nameof(Retries), "0 tries once."); } = 2;

    /// <summary>The campaign ends when this many trials in a row, in logical order, have failed. Default 10; 0 never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Negative.</exception>
    public int StopAfterFailures { get; init => field = SearchLaw.AtLeast(value, 0, nameof(StopAfterFailures), "0 never gives up."); } = 10;

    /// <summary>The longest that the campaign may run, over all its sessions; <c>null</c>, the default, for no limit.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or beyond 10⁹ seconds.</exception>
    public TimeSpan? Time { get; init => field = SearchLaw.Positive(value, nameof(Time), "null sets no limit."); }

    /// <summary>The campaign ends once a trial is this good; <c>null</c>, the default, never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not finite.</exception>
    public double? Target
    {
        get;
        init => field = value is { } target
            ? SearchLaw.Finite(target, nameof(Target), "null sets no target.") : null;
    }

    /// <summary>The campaign ends after this many trials without a new best; <c>null</c>, the default, never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int? Patience
    {
        get;
        init => field = value is { } patience ? SearchLaw.AtLeast(patience, 1, nameof(Patience), "null waits for all trials.") : null;
    }

    /// <summary>The campaign ends once this many epochs were trained over all trials; <c>null</c>, the default, never.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive, or beyond 2⁵³.</exception>
    public long? Epochs
    {
        get;
        init => field = value is { } epochs ? SearchLaw.Within(epochs, 1, MostEpochs, nameof(Epochs), "null sets no limit.") : null;
    }
}
