using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>The one honest figure: the winner on the test set, which no decision ever saw.</summary>
/// <param name="Trial">The winner.</param>
/// <param name="TestMetrics">Its metrics on the test set, by name: <c>test_error</c>, <c>test_cost</c>, …</param>
/// <param name="TestRows">How many rows the test set has.</param>
public sealed record Verdict(int Trial, ImmutableSortedDictionary<string, double> TestMetrics, int TestRows)
{
    /// <summary>How many rows it was trained on afresh, training and dev rows together; <c>null</c> in campaigns older than that.</summary>
    public int? TrainRows { get; init; }

    /// <summary>For how many epochs; <c>null</c> in campaigns older than that.</summary>
    public int? Epochs { get; init; }
}
