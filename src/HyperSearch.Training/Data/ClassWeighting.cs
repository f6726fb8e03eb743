namespace HyperSearch.Training.Data;

/// <summary>How much each class counts in the training cost.</summary>
public enum ClassWeighting
{
    /// <summary>Every example counts 1.</summary>
    None,

    /// <summary>
    /// An example of class c counts m/(C·m_c), m_c of m training examples being of class c: every class has the same weight in all, and the
    /// mean is 1.
    /// </summary>
    Balanced,
}
