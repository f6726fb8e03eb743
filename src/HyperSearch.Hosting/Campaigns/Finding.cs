namespace HyperSearch.Hosting.Campaigns;

/// <summary>Something that <see cref="Doctor"/> found in a campaign's folder.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">A sentence that says what was found, where, and with which consequence.</param>
/// <param name="Repairable">Whether <see cref="Doctor.Repair"/> puts it right.</param>
public sealed record Finding(FindingSeverity Severity, string Message, bool Repairable);

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
