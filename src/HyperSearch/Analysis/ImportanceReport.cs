using System.Collections.Immutable;

namespace HyperSearch.Analysis;

/// <summary>Which hyperparameters matter.</summary>
public sealed record ImportanceReport
{
    /// <summary>Each searched hyperparameter, the most important over the whole space first; empty when there are too few trials.</summary>
    public ImmutableArray<ParameterImportance> Parameters { get; init; } = [];

    /// <summary>Pairs, the strongest interaction first; of spaces with more than ten hyperparameters only those among the ten most important.</summary>
    public ImmutableArray<PairImportance> Pairs { get; init; } = [];

    /// <summary>How many trials it rests on.</summary>
    public int Trials { get; init; }

    /// <summary>Why it is empty; else <c>null</c>.</summary>
    public string? TooFew { get; init; }
}
