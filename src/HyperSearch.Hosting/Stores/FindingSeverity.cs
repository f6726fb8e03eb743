namespace HyperSearch.Hosting.Stores;

/// <summary>How much a finding matters.</summary>
public enum FindingSeverity
{
    /// <summary>Nothing is wrong: a fact worth knowing, or something that the next <c>resume</c> puts right by itself.</summary>
    Note,

    /// <summary>Something is left over or missing that nothing depends on.</summary>
    Warning,

    /// <summary>The campaign cannot be read or continued as it is, or lost outcomes.</summary>
    Error,
}
