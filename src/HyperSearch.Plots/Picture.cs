using System.Collections.Immutable;

namespace HyperSearch.Plots;

/// <summary>A drawn picture, to be written as PNG or SVG.</summary>
public sealed record Picture
{
    /// <summary>The finding, as a headline.</summary>
    public required string Title { get; init; }

    /// <summary>What is shown, of which campaign.</summary>
    public string Subtitle { get; init; } = "";

    /// <summary>What else it shows of this campaign, in a sentence or two computed from it; for a page's caption.</summary>
    public string Caption { get; init; } = "";

    /// <summary>The key of colours and marks, drawn under the subtitle.</summary>
    public ImmutableArray<LegendEntry> Legend { get; init; } = [];

    /// <summary>The panels; empty when there is nothing to draw, and then <see cref="Message"/> says why.</summary>
    public ImmutableArray<Panel> Panels { get; init; } = [];

    /// <summary>Stands in the middle of a picture without panels.</summary>
    public string? Message { get; init; }

    /// <summary>In pixels at scale 1. Default 1200.</summary>
    public int Width { get; init; } = 1200;

    /// <summary>In pixels at scale 1. Default 800.</summary>
    public int Height { get; init; } = 800;
}
