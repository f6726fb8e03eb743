using System.Collections.Immutable;
using HyperSearch.Samplers;
using HyperSearch.Schedules;
using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>One piece of work on a trial, with everything a worker needs: it talks to nobody while it trains.</summary>
/// <param name="Number">Counts jobs from 0 in the order they were planned.</param>
/// <param name="Trial">The trial's number.</param>
/// <param name="Point">The configuration.</param>
/// <param name="Origin">How the configuration was proposed.</param>
/// <param name="FromEpochs">Epochs already trained; 0 for a new trial, else there is a checkpoint.</param>
/// <param name="ToEpochs">Epochs trained in all when the job is complete.</param>
/// <param name="Stop">When the job may be ended early; <c>null</c> never.</param>
/// <param name="Seed">The trial's seed, the same for all its jobs, and for a copy that of its first ancestor; a repeat has one of its
/// own.</param>
public sealed record Job(int Number, int Trial, Point Point, Origin Origin, int FromEpochs, int ToEpochs, StopRule? Stop, ulong Seed)
{
    /// <summary>The configuration.</summary>
    public Point Point { get; init; } = Point ?? throw new ArgumentNullException(nameof(Point));

    /// <summary>Why it was proposed.</summary>
    public Origin Origin { get; init; } = Origin ?? throw new ArgumentNullException(nameof(Origin));

    /// <summary>0 for the search's own jobs; 1, 2, … for the repeats that confirm a leader: the whole trial again, on another
    /// seed.</summary>
    public int Repeat { get; init; }

    /// <summary>The trial whose checkpoint this job begins with, because its own trial is a copy of that one and has none yet; <c>null</c>,
    /// the default, for every other job.</summary>
    public int? Parent { get; init; }

    /// <summary>How the network was trained before its trial began, where the trial is a copy: the stretches of its ancestors, the first
    /// one first. Empty, the default, for a trial that began from nothing.</summary>
    public ImmutableArray<Stretch> Past { get; init; } = [];

    /// <summary>The key that no other job of the campaign has.</summary>
    internal JobKey Key => JobKey.Of(Number, Trial, Repeat);
}
