using System.Collections.Immutable;

namespace HyperSearch.Analysis;

/// <summary>Something to try next.</summary>
/// <param name="Text">What and why, one sentence.</param>
/// <param name="Lines">The lines of the search file that would do it, to be read with their indentation; empty when it is done outside it.</param>
public sealed record Advice(string Text, ImmutableArray<string> Lines);
