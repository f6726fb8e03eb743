using System.Collections.Immutable;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>One entry of a picture's key.</summary>
/// <param name="Text">What the mark means.</param>
/// <param name="Mark">How it looks.</param>
/// <param name="Colors">Its colour, or for <see cref="LegendMark.Ramp"/> the colours from left to right.</param>
public sealed record LegendEntry(string Text, LegendMark Mark, params ImmutableArray<Color> Colors);
