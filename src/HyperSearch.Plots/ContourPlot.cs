using HyperSearch.Analysis;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>The landscape over two hyperparameters: what trials nearby gave, with level lines; blank where nothing was tried.</summary>
public sealed class ContourPlot : IPlot
{
    private const int Columns = 96;
    private const int Rows = 64;
    private const double Reach = 0.07;
    private const double Enough = 0.13; // the weight of one trial two reaches away

    /// <summary>The horizontal parameter; <c>null</c> for the most important.</summary>
    public string? X { get; init; }

    /// <summary>The vertical parameter; <c>null</c> for the second most important.</summary>
    public string? Y { get; init; }

    /// <inheritdoc/>
    public string Kind => "contour";

    /// <inheritdoc/>
    public string Description => "The landscape over two hyperparameters, smoothed over the trials nearby: deep blue is best, blank where nothing was tried. All other hyperparameters vary too, so it is what to expect, not what to get.";

    /// <inheritdoc/>
    public Picture Draw(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var facts = new Facts(snapshot);
        if (facts.Nothing() is { } nothing)
            return nothing;
        if (ParameterPair.Choose(facts, X, Y) is not var (x, y))
            return new Picture { Title = facts.Headline, Subtitle = facts.Name, Message = "A landscape needs two hyperparameters that are searched." };
        var axis = facts.Axis();
        var points = facts.Valued.Select(trial => (X: x.Of(trial), Y: y.Of(trial), Value: axis.At(trial.Value!.Value))).Where(point => double.IsFinite(point.X + point.Y)).ToArray();
        if (points.Length < 8)
            return new Picture { Title = facts.Headline, Subtitle = facts.Name, Message = $"A landscape needs at least 8 trials with a value; there are {points.Length}." };
        var plot = Style.NewPlot();
        plot.HideGrid();
        var spot = Surface(plot, points, axis, snapshot.Search.Maximize);
        Style.Points(plot, points.Select(point => new Coordinates(point.X, point.Y)), Tones.Ink, Style.MarkerSize(points.Length) * 0.5f, opacity: 0.55);
        if (facts.Best is { } best && double.IsFinite(x.Of(best) + y.Of(best)))
            Style.Ring(plot, x.Of(best), y.Of(best), 9);
        x.ApplyTo(plot.Axes.Bottom, 9);
        y.ApplyTo(plot.Axes.Left, 9);
        Style.Room(plot, left: 92, bottom: plot.Axes.Bottom.TickLabelStyle.Rotation != 0 ? 120 : 58);
        var (good, bad) = snapshot.Search.Maximize ? (axis.Greatest, axis.Least) : (axis.Least, axis.Greatest);
        return new Picture
        {
            Title = $"Where {Figures.Words(facts.Metric)} is good: {x.Parameter.Name} and {y.Parameter.Name}",
            Subtitle = $"{facts.Name} · averaged over {points.Length} trials; the other hyperparameters vary",
            Caption = $"The ground is best around {x.Say(spot.X)} and {y.Say(spot.Y)}.",
            Legend =
            [
                new LegendEntry($"{Figures.Words(facts.Metric)} from {facts.Say(bad)} to {facts.Say(good)}", LegendMark.Ramp, [.. Tones.LandscapeSamples]),
                new LegendEntry("a trial", LegendMark.Dot, Tones.Ink), new LegendEntry("best", LegendMark.Ring, Tones.Best),
            ],
            Panels = [new Panel(plot)],
        };
    }

    /// <summary>Gaussian weights around each cell; a cell further than two reaches from every trial stays blank.</summary>
    private static Coordinates Surface(Plot plot, (double X, double Y, double Value)[] points, ValueAxis axis, bool maximize)
    {
        const int shades = 28;
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
                cells[r, c] = weight < Enough ? null : Tones.Landscape(Math.Round(good * (shades - 1)) / (shades - 1));
                if (weight >= Enough && good > spot.Good)
                    spot = (good, new Coordinates((c + 0.5) / Columns, (Rows - r - 0.5) / Rows));
                grid[r, c] = new Coordinates3d((c + 0.5) / Columns, (Rows - r - 0.5) / Rows, good);
            }
        }

        plot.Add.Plottable(new Mosaic(new CoordinateRect(0, 1, 0, 1), cells));
        var lines = plot.Add.ContourLines(grid);
        lines.ContourLineLevels = [0.2, 0.4, 0.6, 0.8, 0.9, 0.95];
        lines.ContourLineCount = 6;
        lines.LineColor = Tones.Paper.WithOpacity(0.65);
        lines.LineWidth = 1.2f;
        lines.LabelStyle.IsVisible = false;
        lines.Update(grid);
        return spot.At;
    }
}
