using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>A configuration that runs before the sampler proposes any.</summary>
/// <param name="Point">The configuration.</param>
/// <param name="Note">Where it comes from, for people; <c>null</c> when the user enqueued it.</param>
internal sealed record FirstPoint(Point Point, string? Note = null);
