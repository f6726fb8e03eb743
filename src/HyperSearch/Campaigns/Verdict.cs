using System.Collections.Immutable;

namespace HyperSearch.Campaigns;

/// <summary>The one honest figure: the winner on the test set, which no decision ever saw.</summary>
/// <param name="Trial">The winner.</param>
/// <param name="TestMetrics">Its metrics on the test set, by name: <c>test_error</c>, <c>test_cost</c>, …</param>
/// <param name="TestRows">How many rows the test set has.</param>
public sealed record Verdict(int Trial, ImmutableSortedDictionary<string, double> TestMetrics, int TestRows);
