using System.Globalization;
using ScottPlot;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>Regret, on a log axis, against trials or cost: one panel a table.</summary>
internal static class RegretPicture
{
    private const int PanelWidth = 750, PanelHeight = 520, RoomForLabels = 90;
    private const double Least = 1e-9;

    /// <summary>Draws every table into a PNG file.</summary>
    public static void Save(Results results, string file)
    {
        var tables = results.Rows.GroupBy(row => row.Table).ToList();
        var (columns, rows) = (Math.Min(2, tables.Count), (tables.Count + 1) / 2);
        var picture = new Multiplot();
        picture.AddPlots(tables.Count);
        for (var i = 0; i < tables.Count; i++)
            Draw(picture.GetPlot(i), [.. tables[i]]);
        picture.Layout = new ScottPlot.MultiplotLayouts.Grid(rows, columns);
        picture.SavePng(file, PanelWidth * columns, PanelHeight * rows);
    }

    private static void Draw(Plot plot, List<Results.Row> table)
    {
        foreach (var method in table.GroupBy(row => row.Method))
        {
            var line = plot.Add.Scatter(
                method.Select(row => Math.Log2(row.Mark)).ToArray(),
                method.Select(row => Math.Log10(Math.Max(Least, row.Shown))).ToArray());
            line.LegendText = method.Key;
        }

        plot.Title(table[0].Table);
        plot.YLabel(table[0].ShowsMedian ? "median regret (in the function's unit)" : "mean regret (1 is a median random point)");
        plot.XLabel(table[0].Table.Contains("cost", StringComparison.Ordinal) ? "cost in full trainings (52 epochs each)" : "trials");
        plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
            [.. table.Select(row => row.Mark).Distinct()
                .Select(mark => new Tick(Math.Log2(mark), mark.ToString(CultureInfo.InvariantCulture)))]);
        plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic
        {
            LabelFormatter = exponent =>
            Math.Pow(10, exponent).ToString("G2", CultureInfo.InvariantCulture)
        };
        plot.Axes.Left.MinimumSize = RoomForLabels;
        plot.ShowLegend(Alignment.LowerLeft);
    }
}
