using HyperSearch.Analysis;
using HyperSearch.Hosting.Objectives;
using HyperSearch.Planning;
using HyperSearch.Plots.Drawing;
using HyperSearch.Spaces;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Loading;
using HyperSearch.Training.Models;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>Where the winner's network draws the line between classes, for data with two features.</summary>
public sealed class BoundaryPlot : IPlot
{
    private const int Rows = 120;
    private const int Columns = 160;
    private const int MostPoints = 1500;
    private const int Shades = 6;

    /// <inheritdoc/>
    public string Kind => "boundary";

    /// <inheritdoc/>
    public string Description => "Where the winner draws the line between classes, for data with two features: the ground is the class "
        + "that it would say (the paler, the less sure), points are rows of the test set in the colour of their true class, crosses "
        + "those that it takes for another.";

    /// <inheritdoc/>
    public Picture Draw(CampaignSnapshot snapshot)
    {
        ArgumentNullException.ThrowIfNull(snapshot);
        var summary = new CampaignSummary(snapshot);
        if (WinnerNetwork.Of(snapshot) is not { } model)
            return WinnerNetwork.None(summary);
        if (model.Schema.FeatureNames.Count != 2 || model.Schema.Task == LearningTask.Regression)
            return new Picture
            {
                Title = summary.Headline,
                Subtitle = summary.Name,
                Message = "A decision boundary can be drawn for classes of rows with two features."
            };
        var rows = TestRows(snapshot, model);
        var (horizontal, vertical) = (Span(model, rows, 0), Span(model, rows, 1));
        var plot = Style.NewPlot();
        plot.HideGrid();
        Ground(plot, model, new CoordinateRect(horizontal.Low, horizontal.High, vertical.Low, vertical.High));
        foreach (var group in rows.GroupBy(row => (row.Class, Right: row.Said == row.Class)).OrderBy(group => group.Key.Right ? 0 : 1))
        {
            var points = group.Select(row => new Coordinates(row.X, row.Y));
            if (group.Key.Right)
                Style.Points(plot, points, Tone(group.Key.Class), Style.MarkerSize(rows.Length));
            else
                Style.Points(plot, points, Tone(group.Key.Class), Style.MarkerSize(rows.Length) + 3, MarkerShape.Eks, 1);
        }

        Axis(plot.Axes.Bottom, horizontal, model.Schema.FeatureNames[0]);
        Axis(plot.Axes.Left, vertical, model.Schema.FeatureNames[1]);
        var wrong = rows.Count(row => row.Said != row.Class);
        return new Picture
        {
            Title = rows.Length == 0
                ? $"Where {snapshot.Verdict!.Subject} draws the line"
                : $"{char.ToUpperInvariant(snapshot.Verdict!.Subject[0])}{snapshot.Verdict.Subject[1..]} " +
                    $"takes {wrong} of {rows.Length} "
                    + "test rows for another class",
            Subtitle = summary.Name + (rows.Length > 0 ? $" · {model.Schema.Classes.Count} classes; the paler the ground, the less sure"
                : snapshot.Verdict.IsOnTestSet ? " · its data are not where they were, so no rows are drawn"
                : " · no rows were kept for a test, so none are drawn"),
            Caption = rows.Length == 0
                ? ""
                : $"{Figures.Of(1 - wrong / (double)rows.Length, share: true)} of these test rows lie on the side of their own class.",
            Legend = [.. model.Schema.Classes.Take(12).Select((name, index) => new LegendEntry(name, LegendMark.Dot, Tone(index))),
                new LegendEntry("taken for another class", LegendMark.Cross, PlotColors.Ink)],
            Table = PictureTable.Of(
                rows.GroupBy(row => (row.Class, row.Said)).OrderBy(group => group.Key).Select(group => (string[])
                    [model.Schema.Classes[group.Key.Class], model.Schema.Classes[group.Key.Said], Figures.Brief(group.Count())]),
                "true", "taken for", "test rows"),
            Panels = [new Panel(plot)],
            Height = 900,
        };
    }

    private static Color Tone(int number) => PlotColors.Series[number % PlotColors.Series.Length];

    /// <summary>The class of each cell, in a few shades from a guess (pale) to certainty.</summary>
    private static void Ground(Plot plot, Model model, CoordinateRect area)
    {
        var tones = new Color?[Rows, Columns];
        for (var r = 0; r < Rows; r++)
        {
            for (var c = 0; c < Columns; c++)
            {
                var answer = model.Predict([(float)(area.Left + (c + 0.5) / Columns * area.Width),
                    (float)(area.Top - (r + 0.5) / Rows * area.Height)]);
                var said = Array.IndexOf(answer, answer.Max());
                var guess = 1.0 / answer.Length;
                var sure = Math.Round((answer[said] - guess) / (1 - guess) * Shades) / Shades;
                tones[r, c] = PlotColors.Paper.InterpolateRgb(Tone(said), 0.08 + 0.27 * sure);
            }
        }

        plot.Add.Plottable(new CellSurface(area, tones));
    }

    /// <summary>Rows of the test set in their own units; none where the data cannot be read any more.</summary>
    private static (double X, double Y, int Class, int Said)[] TestRows(CampaignSnapshot snapshot, Model model)
    {
        if (snapshot.Search.Objective is not TrainingDefinition definition)
            return [];
        try
        {
            if (definition.Folds > 0)
            {
                using var folds = DatasetLoader.LoadFolds(definition.Data, definition.Folds, snapshot.Search.Seed);
                return [.. Enumerable.Range(0, Math.Min(MostPoints, folds.Parts[0].Test.Rows))
                    .Select(row => Row(folds.Parts[0], model, row))];
            }

            using var data = DatasetLoader.Load(definition.Data, snapshot.Search.Seed);
            return [.. Enumerable.Range(0, Math.Min(MostPoints, data.Test.Rows)).Select(row => Row(data, model, row))];
        }
        catch (Exception missing) when (missing is DataException or IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    private static (double X, double Y, int Class, int Said) Row(Dataset data, Model model, int row)
    {
        float[] inputs = [data.Test.Features.Row(row)[0], data.Test.Features.Row(row)[1]];
        data.Normalization.Undo(inputs);
        var answer = model.Predict(inputs);
        return (inputs[0], inputs[1], data.Test.Labels[row], Array.IndexOf(answer, answer.Max()));
    }

    /// <summary>The ends of the rows' values, else three deviations around the mean, with a margin.</summary>
    private static (double Low, double High) Span(Model model, (double X, double Y, int Class, int Said)[] rows, int feature)
    {
        var values = rows.Select(row => feature == 0 ? row.X : row.Y).ToArray();
        var scale = model.Schema.Normalization.Scales[feature];
        double mean = model.Schema.Normalization.Means[feature], reach = scale > 0 ? 3 / scale : 1;
        var (low, high) = values.Length > 1 && values.Max() > values.Min() ? (values.Min(), values.Max()) : (mean - reach, mean + reach);
        return (low - 0.04 * (high - low), high + 0.04 * (high - low));
    }

    private static void Axis(IAxis axis, (double Low, double High) span, string name)
    {
        new AxisTicks([.. NiceNumbers.Linear(span.Low, span.High, 9).Select(tick => (tick, NumberText.Rounded(tick)))], []).ApplyTo(axis);
        axis.Label.Text = name;
        (axis.Min, axis.Max) = (span.Low, span.High);
    }
}
