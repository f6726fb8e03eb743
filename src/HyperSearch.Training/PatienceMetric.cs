namespace HyperSearch.Training;

/// <summary>What early stopping watches on the development rows.</summary>
public enum PatienceMetric
{
    /// <summary>The cost, which moves every epoch.</summary>
    Cost,

    /// <summary>The error, which moves in steps of one row; equal errors are told apart by their cost.</summary>
    Error,
}
