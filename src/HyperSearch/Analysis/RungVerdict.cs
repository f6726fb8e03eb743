namespace HyperSearch.Analysis;

/// <summary>What became of a trial at a rung.</summary>
public enum RungVerdict
{
    /// <summary>It never got there.</summary>
    NotReached,

    /// <summary>It began at a higher rung.</summary>
    Skipped,

    /// <summary>It was trained so far and not further, at least for now.</summary>
    Stayed,

    /// <summary>It went on to a higher rung.</summary>
    Promoted,

    /// <summary>It was trained in full.</summary>
    Finished,
}
