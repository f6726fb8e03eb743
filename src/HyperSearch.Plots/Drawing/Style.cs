using ScottPlot;

namespace HyperSearch.Plots.Drawing;

/// <summary>The look of every panel.</summary>
internal static class Style
{
    public const float TickSize = 13;
    public const float LabelSize = 14;

    /// <summary>Empty axes: light grid, no frame on top and right, the shipped font.</summary>
    public static Plot NewPlot()
    {
        _ = PlotFonts.Regular;
        var plot = new Plot();
        plot.FigureBackground.Color = PlotColors.Paper;
        plot.DataBackground.Color = Colors.Transparent;
        plot.Grid.MajorLineColor = PlotColors.Grid;
        plot.Grid.MajorLineWidth = 1;
        plot.Axes.Top.FrameLineStyle.Width = 0;
        plot.Axes.Right.FrameLineStyle.Width = 0;
        foreach (var axis in new IAxis[] { plot.Axes.Bottom, plot.Axes.Left })
        {
            axis.FrameLineStyle.Color = PlotColors.Axis;
            axis.FrameLineStyle.Width = 1;
            axis.MajorTickStyle.Color = PlotColors.Axis;
            axis.MajorTickStyle.Length = 5;
            axis.MinorTickStyle.Color = PlotColors.Axis;
            axis.MinorTickStyle.Length = 3;
            axis.TickLabelStyle.ForeColor = PlotColors.Muted;
            axis.TickLabelStyle.FontSize = TickSize;
            axis.TickLabelStyle.FontName = PlotFonts.Family;
            axis.Label.ForeColor = PlotColors.Ink;
            axis.Label.FontSize = LabelSize;
            axis.Label.FontName = PlotFonts.Family;
            axis.Label.Bold = false;
        }

        plot.HideLegend();
        Room(plot);
        return plot;
    }

    /// <summary>Fixed room around the data, so that panels line up.</summary>
    public static void Room(Plot plot, float left = 78, float right = 14, float bottom = 56, float top = 10) =>
        plot.Layout.Fixed(new PixelPadding(left, right, bottom, top));

    /// <summary>A size of markers that a number of points leaves room for.</summary>
    public static float MarkerSize(int points, bool small = false) => (small ? 0.75f : 1) * points switch
    {
        <= 60 => 10,
        <= 200 => 8,
        <= 600 => 6.5f,
        _ => 5,
    };

    /// <summary>Points of one colour.</summary>
    public static void Points(Plot plot, IEnumerable<Coordinates> points, Color color, float size,
        MarkerShape shape = MarkerShape.FilledCircle, double opacity = 0.85)
    {
        Coordinates[] all = [.. points];
        if (all.Length == 0)
            return;
        var markers = plot.Add.Markers(all, shape, size, color.WithOpacity(opacity));
        markers.MarkerStyle.LineColor = shape == MarkerShape.FilledCircle ? PlotColors.Paper.WithOpacity(0.7) : color.WithOpacity(opacity);
        markers.MarkerStyle.LineWidth = shape == MarkerShape.FilledCircle ? 0.7f : 1.6f;
    }

    /// <summary>Words at a place in the axes.</summary>
    public static void Text(Plot plot, string words, double x, double y, Color color, float size, Alignment alignment, bool bold = false,
        bool halo = false)
    {
        var text = plot.Add.Text(words, x, y);
        text.LabelFontColor = color;
        text.LabelFontSize = size;
        text.LabelFontName = PlotFonts.FamilyFor(words);
        text.LabelBold = bold;
        text.LabelAlignment = alignment;
        text.LabelBackgroundColor = halo ? PlotColors.Paper.WithOpacity(0.75) : Colors.Transparent;
        text.LabelBorderWidth = 0;
    }

    /// <summary>A ring around the winner, over everything else.</summary>
    public static void Ring(Plot plot, double x, double y, float size)
    {
        plot.Add.Marker(x, y, MarkerShape.FilledCircle, size * 0.85f, PlotColors.Best);
        var ring = plot.Add.Marker(x, y, MarkerShape.OpenCircle, size + 9, PlotColors.Best);
        ring.MarkerStyle.LineWidth = 2.2f;
    }
}
