using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>One set of axes in a picture.</summary>
/// <param name="Plot">The axes and what is drawn on them.</param>
/// <param name="Left">Its left side, as a share of the picture's room for panels, in [0, 1].</param>
/// <param name="Top">Its upper side, likewise.</param>
/// <param name="Width">Its width, likewise.</param>
/// <param name="Height">Its height, likewise.</param>
/// <param name="Title">A heading over the panel; <c>null</c> for none.</param>
public sealed record Panel(Plot Plot, double Left = 0, double Top = 0, double Width = 1, double Height = 1, string? Title = null);
