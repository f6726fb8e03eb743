using HyperSearch.Campaigns;

namespace HyperSearch.Analysis;

/// <summary>A trial and its place.</summary>
/// <param name="Rank">From 1, the best.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Value">What it was ranked by, as measured; <c>null</c> when it has no finite value.</param>
public sealed record RankedTrial(int Rank, Trial Trial, double? Value);
