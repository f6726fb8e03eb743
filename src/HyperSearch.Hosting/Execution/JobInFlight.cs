using HyperSearch.Planning;

namespace HyperSearch.Hosting.Execution;

/// <summary>What a worker is doing.</summary>
/// <param name="Worker">Which, from 0.</param>
/// <param name="Job">The job in hand.</param>
/// <param name="Epoch">Epochs trained so far.</param>
public sealed record JobInFlight(int Worker, Job Job, int Epoch);
