using System.Collections.Immutable;

namespace HyperSearch.Samplers;

/// <summary>A point that a sampler wants tried, and why.</summary>
/// <param name="Position">One coordinate in [0, 1] per searched parameter.</param>
/// <param name="Origin">How it came about.</param>
public sealed record Proposal(ImmutableArray<double> Position, Origin Origin);
