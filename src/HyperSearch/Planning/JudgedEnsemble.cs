using System.Collections.Immutable;

namespace HyperSearch.Planning;

/// <summary>The networks that answer together.</summary>
/// <param name="Folds">How many networks each configuration has: one for each fold.</param>
/// <param name="Members">The trials whose networks were chosen, each with how often it counts, the greatest counts first.</param>
/// <param name="Networks">How many networks there are in all.</param>
/// <param name="Parameters">How many weights and biases they have in all.</param>
/// <param name="Trials">How many trials had a value when they were chosen.</param>
public sealed record JudgedEnsemble(int Folds, ImmutableArray<EnsembleMember> Members, int Networks, long Parameters, int Trials)
{
    /// <summary>Whether the figure comes from a test set; otherwise it is cross-fitted over the folds.</summary>
    public bool HasTestSet { get; init; }
}

/// <summary>A trial whose networks are part of an ensemble.</summary>
/// <param name="Trial">The trial.</param>
/// <param name="Count">How often it counts in the mean, from 1.</param>
public sealed record EnsembleMember(int Trial, int Count);
