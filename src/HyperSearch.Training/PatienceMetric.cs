namespace HyperSearch.Training;

/// <summary>The figure of the development rows that early stopping watches.</summary>
public enum PatienceMetric
{
    /// <summary>The cost, which moves every epoch.</summary>
    Cost,

    /// <summary>The error, which moves in steps of one row; equal errors are told apart by their cost.</summary>
    Error,
}
