namespace HyperSearch.Objectives;

/// <summary>What a search file says of its objective; <see cref="IObjective"/> is the thing that runs.</summary>
public abstract record ObjectiveDefinition
{
    /// <summary>The full budget of a trial, in epochs; 1 where an objective has none.</summary>
    public int Epochs { get; init; } = 1;
}
