using System.Collections.Immutable;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers;

/// <summary>The request of a planner for the point of the next trial, with all that a sampler may use for its decision.</summary>
/// <param name="Trial">The trial's number.</param>
/// <param name="Random">The trial's own stream, derived from (campaign seed, trial, "propose").</param>
/// <param name="Explored">The points that ran, run or will run whatever the sampler proposes.</param>
public sealed record ProposalRequest(int Trial, RandomStream Random, Explored Explored)
{
    /// <summary>The random stream of this trial.</summary>
    public RandomStream Random { get; init; } = Random ?? throw new ArgumentNullException(nameof(Random));

    /// <summary>The points that were tried.</summary>
    public Explored Explored { get; init; } = Explored ?? throw new ArgumentNullException(nameof(Explored));

    /// <summary>The sampler's own proposals that have not ended yet, by the number of their trial. Default: none.</summary>
    public ImmutableSortedDictionary<int, Proposal> Pending { get; init; } = ImmutableSortedDictionary<int, Proposal>.Empty;

    /// <summary>How many proposals the sampler has made so far. Default 0.</summary>
    public int Proposed { get; init; }

    /// <summary>
    /// How many trials were proposed so far, by the sampler here or on another budget; points that the user gave do not count. Default 0.
    /// </summary>
    public int Trials { get; init; }

    /// <summary>The space that is searched.</summary>
    public Space Space => Explored.Space;
}
