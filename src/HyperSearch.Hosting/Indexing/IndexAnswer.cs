using System.Collections.Immutable;

namespace HyperSearch.Hosting.Indexing;

/// <summary>What the index says of the best trials.</summary>
/// <param name="Events">Where the events stand in the journal, in order.</param>
/// <param name="Outcomes">Where the outcomes of the best trials stand, in order.</param>
/// <param name="Trials">How many trials there are in all.</param>
/// <param name="Near">The values of further trials that cannot be told from the best.</param>
/// <param name="Elapsed">Wall time over all sessions.</param>
internal sealed record IndexAnswer(ImmutableArray<long> Events, ImmutableArray<long> Outcomes, int Trials, ImmutableArray<double> Near, TimeSpan Elapsed);
