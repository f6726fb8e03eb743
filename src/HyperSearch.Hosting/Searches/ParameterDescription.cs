namespace HyperSearch.Hosting.Searches;

/// <summary>A parameter for people: a line of what <c>check</c> prints.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Scale">Its scale and range: <c>log [0.0001, 1]</c>.</param>
/// <param name="Values">How many values it has; <c>null</c> when it is continuous.</param>
/// <param name="When">When it plays a part: <c>optimizer is adam</c>; <c>null</c> always.</param>
/// <param name="Note">What its scale means: <c>every decade equally likely</c>; empty when the scale says it all.</param>
public sealed record ParameterDescription(string Name, string Scale, long? Values, string? When, string Note);
