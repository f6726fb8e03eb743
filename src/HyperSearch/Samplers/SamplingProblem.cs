using System.Collections.Immutable;
using HyperSearch.Spaces;

namespace HyperSearch.Samplers;

/// <summary>The task of a sampler, told before its first proposal.</summary>
/// <param name="Space">The space to search.</param>
/// <param name="Seed">The campaign's seed, for choices that are made once (a scrambled Sobol sequence); each proposal gets a stream of its
/// own.</param>
/// <param name="Trials">How many trials are planned; an extended campaign may have more.</param>
public sealed record SamplingProblem(Space Space, ulong Seed, int Trials)
{
    /// <summary>The parameters and the constraints between them.</summary>
    public Space Space { get; init; } = Space ?? throw new ArgumentNullException(nameof(Space));

    /// <summary>How many metrics are traded off; 1, the default, where one decides.</summary>
    public int Objectives { get; init; } = 1;

    /// <summary>How many trials are under way at the same time on the logical clock. Default 1.</summary>
    public int Slots { get; init; } = 1;

    /// <summary>The edition of the laws to decide by: one of <see cref="LawEdition"/>. Default: the newest.</summary>
    public int Edition { get; init; } = LawEdition.Newest;

    /// <summary>The outcomes of earlier campaigns that may tell where it is good; none, the default, where the search begins with
    /// nothing.</summary>
    public ImmutableArray<EarlierOutcomes> Earlier { get; init; } = [];

    /// <summary>On how many budgets trials are compared; 1, the default, where every trial is trained in full.</summary>
    public int Rungs { get; init; } = 1;

    /// <summary>
    /// The budgets on which trials are compared, ascending, in epochs, for a sampler that learns from every rung
    /// (<see cref="ISampler.LearnsFromEveryRung"/>); a single one, the default, for any other.
    /// </summary>
    /// <exception cref="ArgumentException">There is none.</exception>
    public ImmutableArray<int> Budgets
    {
        get;
        init => field = !value.IsDefaultOrEmpty
            ? value : throw new ArgumentException("A trial has a budget. Use [1] without epochs.", nameof(Budgets));
    } = [1];
}
