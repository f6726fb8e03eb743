using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>A configuration that a person enqueued while the campaign ran: the next trial that starts has it.</summary>
/// <param name="FromJob">The first job that may be decided by it.</param>
/// <param name="FromOutcome">How many outcomes had been seen by then. With <paramref name="FromJob"/> it names the moment exactly, because
/// the same jobs and outcomes come again in the same order.</param>
/// <param name="Point">The configuration.</param>
public sealed record EnqueuedPoint(int FromJob, int FromOutcome, Point Point);
