using HyperSearch.Analysis;
using HyperSearch.Plots.Drawing;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>The landscape over two hyperparameters: what trials nearby gave, with level lines; blank where nothing was tried.</summary>
public sealed class ContourPlot : TwoParameterPlot
{
    private const int Columns = 96;
    private const int Rows = 64;
    private const int Shades = 28;
    private const double Reach = 0.07;
    private const double Enough = 0.13; // the weight of one trial two reaches away

    /// <inheritdoc/>
    public override string Kind => "contour";

    /// <inheritdoc/>
    public override string Description => "The landscape over two hyperparameters, smoothed over the trials nearby: deep blue is best, "
        + "blank where nothing was tried. All other hyperparameters vary too, so it is what to expect, not what to get.";

    private protected override string Noun => "A landscape";

    internal override TwoParameterPlot Of(string x, string y) => new ContourPlot { X = x, Y = y };

    private protected override Picture Draw(CampaignSummary summary, ParameterAxis x, ParameterAxis y)
    {
        var snapshot = summary.Snapshot;
        var axis = summary.Axis();
        var points = summary.Drawn.Select(trial => (X: x.Of(trial), Y: y.Of(trial), Value: axis.At(trial.Value!.Value)))
            .Where(point => double.IsFinite(point.X + point.Y)).ToArray();
        if (points.Length < 8)
            return Empty(summary, $"A landscape needs at least 8 trials with a value; there are {points.Length}.");
        var plot = Style.NewPlot();
        plot.HideGrid();
        var spot = Surface(plot, points, axis, snapshot.Search.Maximize);
        Style.Points(plot, points.Select(point => new Coordinates(point.X, point.Y)), PlotColors.Ink,
            Style.MarkerSize(points.Length) * 0.5f, opacity: 0.55);
        if (summary.Best is { } best && double.IsFinite(x.Of(best) + y.Of(best)))
            Style.Ring(plot, x.Of(best), y.Of(best), 9);
        SetAxes(plot, x, y);
        var (good, bad) = snapshot.Search.Maximize ? (axis.Greatest, axis.Least) : (axis.Least, axis.Greatest);
        return new Picture
        {
            Title = $"Where {Figures.Words(summary.Metric)} is good: {x.Parameter.Name} and {y.Parameter.Name}",
            Subtitle = $"{summary.Name} · averaged over {points.Length} trials; the other hyperparameters vary{summary.Choice}",
            Caption = $"Smoothed, the {Figures.Words(summary.Metric)} is {(snapshot.Search.Maximize ? "highest" : "lowest")} near "
                + $"{x.Say(spot.X)} and {y.Say(spot.Y)}.",
            Legend =
            [
                new LegendEntry($"{Figures.Words(summary.Metric)} from {summary.Say(bad)} to {summary.Say(good)}", LegendMark.Ramp,
                    [.. PlotColors.LandscapeSamples]),
                new LegendEntry("a trial", LegendMark.Dot, PlotColors.Ink), new LegendEntry("best", LegendMark.Ring, PlotColors.Best),
            ],
            Table = PictureTable.OfTrials(summary, [x.Parameter, y.Parameter]),
            Panels = [new Panel(plot, Width: 0.88), new Panel(ColourScale(axis, snapshot.Search.Maximize), Left: 0.88, Width: 0.12)],
        };
    }

    /// <summary>The colours from the least to the greatest value, with figures.</summary>
    private static Plot ColourScale(ValueAxis axis, bool maximize)
    {
        var plot = Style.NewPlot();
        plot.HideGrid();
        var cells = new Color?[Shades, 1];
        for (var row = 0; row < Shades; row++)
            cells[row, 0] = PlotColors.Landscape((maximize ? Shades - 1 - row : row) / (Shades - 1.0));
        plot.Add.Plottable(new CellSurface(new CoordinateRect(0, 1, axis.Bottom, axis.Top), cells));
        plot.Axes.SetLimitsX(0, 1);
        AxisTicks.None.ApplyTo(plot.Axes.Bottom);
        axis.ApplyTo(plot.Axes.Left, 8);
        Style.Room(plot, left: 86, right: 22, bottom: 58);
        return plot;
    }

    /// <summary>Gaussian weights around each cell; a cell further than two reaches from every trial stays blank.</summary>
    private static Coordinates Surface(Plot plot, (double X, double Y, double Value)[] points, ValueAxis axis, bool maximize)
    {
        var cells = new Color?[Rows, Columns];
        var grid = new Coordinates3d[Rows, Columns];
        var spot = (Good: -1.0, At: Coordinates.Origin);
        for (var r = 0; r < Rows; r++)
        {
            for (var c = 0; c < Columns; c++)
            {
                double weight = 0, sum = 0;
                foreach (var point in points)
                {
                    var (dx, dy) = (point.X - (c + 0.5) / Columns, point.Y - (Rows - r - 0.5) / Rows);
                    var w = Math.Exp(-0.5 * (dx * dx + dy * dy) / (Reach * Reach));
                    weight += w;
                    sum += w * point.Value;
                }

                var share = (sum / weight - axis.Bottom) / (axis.Top - axis.Bottom);
                var good = double.IsFinite(share) ? Math.Clamp(maximize ? share : 1 - share, 0, 1) : 0;
                cells[r, c] = weight < Enough ? null : PlotColors.Landscape(Math.Round(good * (Shades - 1)) / (Shades - 1));
                if (weight >= Enough && good > spot.Good)
                    spot = (good, new Coordinates((c + 0.5) / Columns, (Rows - r - 0.5) / Rows));
                grid[r, c] = new Coordinates3d((c + 0.5) / Columns, (Rows - r - 0.5) / Rows, good);
            }
        }

        plot.Add.Plottable(new CellSurface(new CoordinateRect(0, 1, 0, 1), cells));
        var lines = plot.Add.ContourLines(grid);
        lines.ContourLineLevels = [0.2, 0.4, 0.6, 0.8, 0.9, 0.95];
        lines.ContourLineCount = 6;
        lines.LineColor = PlotColors.Paper.WithOpacity(0.65);
        lines.LineWidth = 1.2f;
        lines.LabelStyle.IsVisible = false;
        lines.Update(grid);
        return spot.At;
    }
}
