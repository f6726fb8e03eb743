using System.Collections.Immutable;

namespace HyperSearch.Samplers;

/// <summary>What a campaign measured that a search starts from, in the new search's space.</summary>
/// <param name="Campaign">The earlier campaign's name.</param>
/// <param name="Rows">Its trials.</param>
public sealed record EarlierOutcomes(string Campaign, ImmutableArray<EarlierOutcome> Rows);

/// <summary>One trial of an earlier campaign.</summary>
/// <param name="Position">Its configuration, as a position in the unit cube of the new space.</param>
/// <param name="Value">Its value there; lower is better. Values of two campaigns do not compare.</param>
public sealed record EarlierOutcome(ImmutableArray<double> Position, double Value);
