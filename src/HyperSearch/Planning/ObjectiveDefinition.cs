namespace HyperSearch.Planning;

/// <summary>The objective as a search file describes it; the objective itself is the thing that runs.</summary>
public abstract record ObjectiveDefinition
{
    /// <summary>The full budget of a trial, in epochs; 1 where an objective has none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">Not positive.</exception>
    public int Epochs
    {
        get;
        init => field = SearchLaw.AtLeast(value, 1, nameof(Epochs), "1 is right for an objective without epochs.");
    } = 1;

    /// <summary>Whether the built-in trainer runs the trials, so that its hyperparameters are known by name.</summary>
    public virtual bool IsBuiltInTrainer => false;

    /// <summary>Whether the trials may learn from pictures; true where that is not known.</summary>
    public virtual bool MayLearnFromPictures => true;

    /// <summary>
    /// Whether the networks of several trials may be handed over together, so that many must be trained in full. Default: no.
    /// </summary>
    public virtual bool MayJoinTrials => false;

    /// <summary>
    /// Whether a checkpoint of one value of a parameter fits another value, so that a trial may go on with it. Default: yes, as far as is
    /// known.
    /// </summary>
    /// <param name="parameter">The parameter's name.</param>
    /// <exception cref="ArgumentNullException">There is no name.</exception>
    public virtual bool MayChange(string parameter) => parameter is not null ? true : throw new ArgumentNullException(nameof(parameter));
}

/// <summary>An objective given in code: only the program that has the function can evaluate a trial.</summary>
public sealed record DelegateDefinition : ObjectiveDefinition
{
    /// <summary>The program that has the function, as a kept campaign names it. Default: <c>a program</c>.</summary>
    public string Program { get; init => field = value ?? throw new ArgumentNullException(nameof(Program)); } = "a program";
}
