using System.Globalization;
using HyperSearch.Analysis;
using HyperSearch.Plots.Drawing;
using ScottPlot;

namespace HyperSearch.Plots;

/// <summary>A confusion matrix: how often each class was taken for each.</summary>
public static class ConfusionPicture
{
    private const int MostNumbers = 20;

    /// <summary>Draws a matrix of counts.</summary>
    /// <param name="counts">counts[t, p]: rows of class t labelled p. Shape [classes, classes].</param>
    /// <param name="labels">The classes' names, in that order.</param>
    /// <param name="of">The rows that it was counted on, for the subtitle.</param>
    /// <exception cref="ArgumentException">The shapes differ.</exception>
    public static Picture Draw(long[,] counts, IReadOnlyList<string> labels, string of)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(labels);
        var n = labels.Count;
        if (counts.GetLength(0) != n || counts.GetLength(1) != n)
            throw new ArgumentException($"A confusion matrix has a row and a column for each of its {n} labels, but it is "
                + $"{counts.GetLength(0)} by {counts.GetLength(1)}.", nameof(counts));
        var total = counts.Cast<long>().Sum();
        if (total == 0)
            return new Picture { Title = "No predictions yet", Subtitle = of, Message = "There is nothing to count." };
        var plot = Style.NewPlot();
        plot.HideGrid();
        long right = 0;
        (int True, int Taken) worst = (-1, -1);
        for (var t = 0; t < n; t++)
        {
            var row = Enumerable.Range(0, n).Sum(p => counts[t, p]);
            right += counts[t, t];
            for (var p = 0; p < n; p++)
            {
                Cell(plot, t, p, n, counts[t, p], row);
                if (t != p && counts[t, p] > 0 && (worst.True < 0 || counts[t, p] > counts[worst.True, worst.Taken]))
                    worst = (t, p);
            }
        }

        var names = labels.Select(label => label.Length > 14 ? label[..13] + "…" : label).ToArray();
        var ticks = new AxisTicks([.. names.Select((name, k) => (k + 0.5, name))], []);
        var upright = names.Sum(name => name.Length + 1) > 110;
        ticks.ApplyTo(plot.Axes.Bottom, upright ? -90 : 0);
        new AxisTicks([.. names.Select((name, k) => (n - k - 0.5, name))], []).ApplyTo(plot.Axes.Left);
        plot.Axes.SetLimits(0, n, 0, n);
        plot.Axes.Bottom.Label.Text = "predicted";
        plot.Axes.Left.Label.Text = "true";
        if (n > 30)
            plot.Axes.Bottom.TickLabelStyle.FontSize = plot.Axes.Left.TickLabelStyle.FontSize = 11;
        Style.Room(plot, left: 130, right: 24, bottom: upright ? 130 : 58);
        var mistakes = total - right;
        return new Picture
        {
            Title = $"{mistakes} of {total} wrong ({Figures.Of(mistakes / (double)total, true)})"
                + (worst.True < 0 ? "" : $"; most frequent mistake: {labels[worst.True]} read as {labels[worst.Taken]} "
                    + $"({Times(counts[worst.True, worst.Taken])})"),
            Subtitle = of,
            Caption = Caption(counts, labels),
            Legend = [new LegendEntry("share of the true class, right", LegendMark.Ramp, [.. Shades(PlotColors.Box)]),
                new LegendEntry("wrong", LegendMark.Ramp, [.. Shades(PlotColors.Best)])],
            Table = PictureTable.Of(
                Enumerable.Range(0, n).Select(t => (string[])[labels[t],
                    .. Enumerable.Range(0, n).Select(p => counts[t, p].ToString(CultureInfo.InvariantCulture))]),
                ["true", .. labels.Select(label => $"taken for {label}")]),
            Panels = [new Panel(plot)],
            Width = 1000,
            Height = 900,
        };
    }

    private static string Caption(long[,] counts, IReadOnlyList<string> labels)
    {
        var shares = Enumerable.Range(0, labels.Count).Select(t => (Label: labels[t], Rows: Enumerable.Range(0, labels.Count)
            .Sum(p => counts[t, p]), Right: counts[t, t])).Where(row => row.Rows > 0).ToArray();
        var hardest = shares.MinBy(row => row.Right / (double)row.Rows);
        return hardest.Right == hardest.Rows
            ? "Every row was recognized."
            : $"The hardest class is {hardest.Label}: {hardest.Right} of its {hardest.Rows} rows are recognized.";
    }

    private static IEnumerable<Color> Shades(Color color) => Enumerable.Range(0, 5).Select(i => Shade(color, i / 4.0));

    private static Color Shade(Color color, double share) =>
        PlotColors.Paper.InterpolateRgb(color, share == 0 ? 0 : 0.08 + 0.92 * Math.Sqrt(share));

    private static void Cell(Plot plot, int t, int p, int n, long count, long row)
    {
        var share = row == 0 ? 0 : count / (double)row;
        var cell = plot.Add.Rectangle(p, p + 1, n - t - 1, n - t);
        cell.FillColor = Shade(t == p ? PlotColors.Box : PlotColors.Best, share);
        cell.LineColor = PlotColors.Grid;
        cell.LineWidth = 1;
        if (count > 0 && n <= MostNumbers)
            Style.Text(plot, count.ToString(CultureInfo.InvariantCulture), p
                + 0.5, n - t - 0.5, share > 0.35 ? Colors.White : PlotColors.Ink, n <= 12 ? 15 : 12, Alignment.MiddleCenter);
    }

    private static string Times(long count) =>
        count switch { 1 => "once", 2 => "twice", _ => FormattableString.Invariant($"{count} times") };
}
