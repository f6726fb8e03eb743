using HyperSearch.Spaces;

namespace HyperSearch.Planning;

/// <summary>A configuration that was taken from an earlier campaign.</summary>
/// <param name="Trial">The trial's number there.</param>
/// <param name="Point">The configuration, a point of the new space.</param>
public sealed record EarlierTrial(int Trial, Point Point);
