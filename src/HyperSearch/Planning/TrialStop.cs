namespace HyperSearch.Planning;

/// <summary>A trial that a person stopped while the campaign ran: no job of it is decided any more, and no repeat.</summary>
/// <remarks>The jobs that it had under way end where the journal says; what they measured counts. A schedule that would send it on takes it
/// for one that came back without a value.</remarks>
/// <param name="FromJob">The first job that may be decided by it.</param>
/// <param name="FromOutcome">How many outcomes had been seen by then. With <paramref name="FromJob"/> it names the moment exactly, because
/// the same jobs and outcomes come again in the same order.</param>
/// <param name="Trial">The trial's number.</param>
public sealed record TrialStop(int FromJob, int FromOutcome, int Trial);
