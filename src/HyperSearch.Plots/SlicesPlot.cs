using HyperSearch.Analysis;
using HyperSearch.Numerics;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>One panel per searched hyperparameter on its own scale: its values against the metric.</summary>
public sealed class SlicesPlot : ValuePlot
{
    private const int Shades = 12;

    /// <inheritdoc/>
    public override string Kind => "slices";

    /// <inheritdoc/>
    public override string Description =>
        "One panel per hyperparameter, on its own scale: where its good values lie. Later trials stand out "
        + "more, so one sees the search close in.";

    private protected override Picture Draw(CampaignSummary summary)
    {
        var snapshot = summary.Snapshot;
        var searched = snapshot.Search.Space.Searched;
        if (searched.IsEmpty)
            return new Picture
            {
                Title = summary.Headline,
                Subtitle = summary.Name,
                Message = "Every hyperparameter is fixed, so there is nothing to slice."
            };
        var grid = new PanelGrid(searched.Length);
        var axis = summary.Axis();
        var panels = searched.Select((parameter, index) =>
        {
            var (left, top, width, height) = grid.Place(index);
            return new Panel(Slice(summary, new ParameterAxis(parameter), axis, grid, index), left, top, width, height);
        });
        return new Picture
        {
            Title = Title(summary),
            Subtitle = $"{summary.Name} · {Figures.Words(summary.Metric)} against each hyperparameter, on its own scale{summary.Choice}"
                + (axis.Beyond > 0 ? $" · {axis.Beyond} outliers at the border" : ""),
            Caption = Caption(summary),
            Legend = [new LegendEntry("first to last trial", LegendMark.Ramp, [.. PlotColors.RampSamples]),
                new LegendEntry($"the best, trial {summary.Best!.Number}", LegendMark.Ring, PlotColors.Best)],
            Table = PictureTable.OfTrials(summary, searched),
            Panels = [.. panels],
            Height = grid.Height,
        };
    }

    private static string Title(CampaignSummary summary) =>
        Agreed(summary) is var (parameter, _, leaders) ? $"The best {leaders} trials agree most on {parameter.Name}" : summary.Headline;

    private static string Caption(CampaignSummary summary)
    {
        if (Agreed(summary) is not var (parameter, places, leaders))
            return "";
        return $"All of the best {leaders} lie between {Value(places[0])} and {Value(places[^1])} in {parameter.Name}, "
            + $"{Figures.Brief(100 * (places[^1] - places[0]))} % of its range.";

        string Value(double place) => Figures.Brief(parameter.Scale.At(Math.Clamp(place, 0, 1)).Number);
    }

    /// <summary>The hyperparameter that the best tenth agree on most, and where they lie; <c>null</c> with fewer than five of
    /// them.</summary>
    private static (Parameter Parameter, double[] Places, int Leaders)? Agreed(CampaignSummary summary)
    {
        var leaders = Ranking.Order(summary.Valued, summary.Snapshot.Search).Take(Math.Max(5, summary.Valued.Count / 10)).ToArray();
        var spans = summary.Snapshot.Search.Space.Searched.Where(parameter => !parameter.Scale.IsCategorical)
            .Select(parameter => new ParameterAxis(parameter))
            .Select(axis => (axis.Parameter, Places: leaders.Select(axis.Of).Where(double.IsFinite).Order().ToArray()))
                .Where(span => span.Places.Length == leaders.Length).ToArray();
        if (leaders.Length < 5 || spans.Length == 0)
            return null;
        var (parameter, places) = spans.MinBy(span => span.Places[^1] - span.Places[0]);
        return (parameter, places, leaders.Length);
    }

    private static Plot Slice(CampaignSummary summary, ParameterAxis parameter, ValueAxis axis, PanelGrid grid, int index)
    {
        var plot = Style.NewPlot();
        var size = Style.MarkerSize(summary.Valued.Count, small: grid.Count > 2);
        var last = Math.Max(1, summary.Snapshot.Trials.Max(trial => trial.Number));
        foreach (var shade in summary.Drawn.Where(trial => double.IsFinite(parameter.Of(trial)))
            .GroupBy(trial => trial.Number * (Shades - 1) / last).OrderBy(group => group.Key))
            Style.Points(plot, shade.Select(trial => Place(trial, parameter, axis)), PlotColors.Ramp(shade.Key / (Shades - 1.0)), size);
        if (summary.Best is { } best && double.IsFinite(parameter.Of(best)))
        {
            var place = Place(best, parameter, axis);
            Style.Ring(plot, place.X, place.Y, size);
        }

        axis.ApplyTo(plot.Axes.Left, grid.Count > 3 ? 5 : 8, grid.IsLeftmost(index) ? null : "");
        parameter.ApplyTo(plot.Axes.Bottom, grid.Columns switch { 1 => 10, 2 => 7, _ => 5 });
        var upright = plot.Axes.Bottom.TickLabelStyle.Rotation != 0;
        Style.Room(plot, left: 78, bottom: upright ? 110 : 54);
        return plot;
    }

    private static Coordinates Place(Trial trial, ParameterAxis parameter, ValueAxis axis) =>
        new(parameter.Of(trial) + Jitter(trial, parameter), axis.At(trial.Value!.Value));

    /// <summary>Spreads points of one value over 40 % of its cell; the same trial always lands in the same place.</summary>
    private static double Jitter(Trial trial, ParameterAxis parameter) =>
        parameter.NeedsJitter
            ? 0.4 / parameter.Parameter.Scale.Count!.Value * (RandomStream.For(0, (ulong)trial.Number, "jitter").NextDouble() - 0.5)
            : 0;
}

/// <summary>Arranges a number of equal panels in rows.</summary>
internal sealed class PanelGrid
{
    private readonly int _rows;

    public PanelGrid(int count)
    {
        Count = count;
        Columns = count switch { <= 3 => Math.Max(1, count), 4 => 2, <= 9 => 3, <= 24 => 4, _ => 5 };
        _rows = Math.Max(1, (count + Columns - 1) / Columns);
    }

    public int Count { get; }

    public int Columns { get; }

    /// <summary>A picture's height that leaves each row legible.</summary>
    public int Height => Math.Max(800, 130 + 250 * _rows);

    public bool IsLeftmost(int index) => index % Columns == 0;

    /// <summary>Left, top, width and height as shares.</summary>
    public (double Left, double Top, double Width, double Height) Place(int index) =>
        (index % Columns / (double)Columns, index / Columns / (double)_rows, 1.0 / Columns, 1.0 / _rows);
}
