namespace HyperSearch.Planning;

/// <summary>What a search file says of its objective; the objective is the thing that runs.</summary>
public abstract record ObjectiveDefinition
{
    /// <summary>The full budget of a trial, in epochs; 1 where an objective has none.</summary>
    public int Epochs { get; init; } = 1;

    /// <summary>Whether the built-in trainer runs the trials, so that its hyperparameters are known by name.</summary>
    public virtual bool IsBuiltInTrainer => false;

    /// <summary>Whether the trials may learn from pictures; true where that is not known.</summary>
    public virtual bool MayLearnFromPictures => true;
}
