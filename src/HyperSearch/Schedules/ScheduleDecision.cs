using System.Collections.Immutable;

namespace HyperSearch.Schedules;

/// <summary>The decision of a schedule about a free slot.</summary>
public abstract record ScheduleDecision
{
    private ScheduleDecision()
    {
    }

    /// <summary>A new trial trains from nothing.</summary>
    /// <param name="ToEpochs">Up to this many epochs.</param>
    /// <param name="Stop">When it may be ended early.</param>
    public sealed record Start(int ToEpochs, StopRule? Stop = null) : ScheduleDecision;

    /// <summary>A known trial goes on from its checkpoint.</summary>
    /// <param name="Trial">Which.</param>
    /// <param name="FromEpochs">Where its last job ended.</param>
    /// <param name="ToEpochs">Up to this many epochs in all.</param>
    /// <param name="Stop">When it may be ended early.</param>
    public sealed record Continue(int Trial, int FromEpochs, int ToEpochs, StopRule? Stop = null) : ScheduleDecision;

    /// <summary>
    /// A model of all results chooses: a new trial, or one of those that are paused. <see cref="IScheduleState.Take"/> is told which.
    /// </summary>
    /// <param name="ToEpochs">The first budget of a new trial; <c>null</c> when none may start.</param>
    /// <param name="Paused">How each paused trial would go on; at least one.</param>
    public sealed record Choose(int? ToEpochs, ImmutableArray<Continue> Paused) : ScheduleDecision;

    /// <summary>
    /// A new trial takes another one's place: it goes on from the checkpoint of a third, with a configuration near that one's.
    /// </summary>
    /// <param name="Parent">The trial that is copied; its last job ended well at <paramref name="FromEpochs"/>.</param>
    /// <param name="Instead">The trial that gives way.</param>
    /// <param name="FromEpochs">Where the last job of both ended.</param>
    /// <param name="ToEpochs">Up to this many epochs in all.</param>
    /// <param name="Change">How the configuration is changed.</param>
    /// <param name="Why">The reason, for people.</param>
    public sealed record Copy(int Parent, int Instead, int FromEpochs, int ToEpochs, Perturbation Change, string Why) : ScheduleDecision;

    /// <summary>Nothing to do until another job ends.</summary>
    public sealed record Wait : ScheduleDecision;
}
