using System.Collections.Immutable;
using ScottPlot;

namespace HyperSearch.Plots.Drawing;

/// <summary>A drawn picture, to be written as PNG or SVG.</summary>
public sealed record Picture
{
    /// <summary>The finding, as a headline.</summary>
    public required string Title { get; init; }

    /// <summary>The title: the subject, and the campaign that it is about.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>A caption for a page: a sentence or two on this campaign that the picture computed.</summary>
    public string Caption { get; init; } = "";

    /// <summary>The key of colours and marks, drawn under the subtitle.</summary>
    public ImmutableArray<LegendEntry> Legend { get; init; } = [];

    /// <summary>The panels; empty when there is nothing to draw, and then <see cref="Message"/> says why.</summary>
    public ImmutableArray<Panel> Panels { get; init; } = [];

    /// <summary>Stands in the middle of a picture without panels.</summary>
    public string? Message { get; init; }

    /// <summary>The same figures as text; <c>null</c> where there is nothing to draw.</summary>
    public PictureTable? Table { get; init; }

    /// <summary>Its lines, where a page lets one point at them; else <c>null</c>.</summary>
    internal LineChart? Chart { get; init; }

    /// <summary>In pixels at scale 1. Default 1200.</summary>
    public int Width { get; init; } = 1200;

    /// <summary>In pixels at scale 1. Default 800.</summary>
    public int Height { get; init; } = 800;
}

/// <summary>One set of axes in a picture.</summary>
/// <param name="Plot">The axes and the drawing on them.</param>
/// <param name="Left">Its left side, as a share of the picture's room for panels, in [0, 1].</param>
/// <param name="Top">Its upper side, likewise.</param>
/// <param name="Width">Its width, likewise.</param>
/// <param name="Height">Its height, likewise.</param>
/// <param name="Title">A heading over the panel; <c>null</c> for none.</param>
public sealed record Panel(Plot Plot, double Left = 0, double Top = 0, double Width = 1, double Height = 1, string? Title = null);

/// <summary>One entry of a picture's key.</summary>
/// <param name="Text">The meaning of the mark.</param>
/// <param name="Mark">How it looks.</param>
/// <param name="Colors">Its colour, or for <see cref="LegendMark.Ramp"/> the colours from left to right.</param>
public sealed record LegendEntry(string Text, LegendMark Mark, params ImmutableArray<Color> Colors);

/// <summary>The mark of a legend entry.</summary>
public enum LegendMark
{
    /// <summary>A filled disc.</summary>
    Dot,

    /// <summary>A ring.</summary>
    Ring,

    /// <summary>A cross.</summary>
    Cross,

    /// <summary>A line.</summary>
    Line,

    /// <summary>A dashed line.</summary>
    Dashes,

    /// <summary>A filled square.</summary>
    Square,

    /// <summary>An outlined square.</summary>
    Frame,

    /// <summary>A strip of colours from one end to the other.</summary>
    Ramp,
}
