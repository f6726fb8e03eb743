namespace HyperSearch.Analysis;

/// <summary>A parameter whose best values crowd at an end of its range.</summary>
/// <param name="Parameter">Its name.</param>
/// <param name="AtHigh">Whether it is the end at position 1.</param>
/// <param name="Crowd">How many of the leaders lie within a tenth of the range of that end.</param>
/// <param name="Leaders">How many leaders were looked at.</param>
/// <param name="Line">The line of the search file that widens the range; <c>null</c> where values beyond that end make no sense.</param>
public sealed record EdgeFinding(string Parameter, bool AtHigh, int Crowd, int Leaders, string? Line);
