namespace HyperSearch.Hosting.Stores;

/// <summary>Something that <see cref="Doctor"/> found in a campaign's folder.</summary>
/// <param name="Severity">How much it matters.</param>
/// <param name="Message">What it is, where, and what follows from it.</param>
/// <param name="Repairable">Whether <see cref="Doctor.Repair"/> puts it right.</param>
public sealed record Finding(FindingSeverity Severity, string Message, bool Repairable);
