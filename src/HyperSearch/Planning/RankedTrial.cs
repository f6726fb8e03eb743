namespace HyperSearch.Planning;

/// <summary>A trial and its place.</summary>
/// <param name="Rank">From 1, the best.</param>
/// <param name="Trial">The trial.</param>
/// <param name="Value">The value that it was ranked by, as measured; <c>null</c> when it has no finite value.</param>
public sealed record RankedTrial(int Rank, Trial Trial, double? Value)
{
    /// <summary>Where metrics are traded off: 1 for trials that no other beats in everything, 2 for trials that only the first beat, …;
    /// <c>null</c> otherwise.</summary>
    public int? Front { get; init; }

    /// <summary>How thin the front is around it (NSGA-II's crowding distance); infinite at the ends of the front, <c>null</c> without
    /// one.</summary>
    public double? Crowding { get; init; }
}
