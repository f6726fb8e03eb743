using System.Globalization;
using ScottPlot;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>Every figure that was printed, for a CSV file and a picture.</summary>
internal sealed class Results
{
    private readonly List<(string Table, string Method, int Mark, Figure Figure)> _rows = [];

    public void Add(string table, string method, int mark, Figure figure) => _rows.Add((table, method, mark, figure));

    /// <summary>One row a table, method and mark.</summary>
    public void WriteCsv(string file) => File.WriteAllLines(file,
    [
        "table,method,at,mean,standard_error,median",
        .. _rows.Select(row => string.Create(CultureInfo.InvariantCulture, $"\"{row.Table}\",\"{row.Method.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{row.Mark},{row.Figure.Mean:R},{row.Figure.Error:R},{row.Figure.Median:R}")),
    ]);

    /// <summary>Regret, on a log axis, against trials or cost: one panel a table.</summary>
    public void Draw(string file)
    {
        var multiplot = new Multiplot();
        var tables = _rows.GroupBy(row => row.Table).ToList();
        multiplot.AddPlots(tables.Count);
        for (var i = 0; i < tables.Count; i++)
        {
            var plot = multiplot.GetPlot(i);
            var median = tables[i].Key.Contains("median", StringComparison.Ordinal);
            foreach (var method in tables[i].GroupBy(row => row.Method))
            {
                var line = plot.Add.Scatter(
                    method.Select(row => Math.Log2(row.Mark)).ToArray(),
                    method.Select(row => Math.Log10(Math.Max(1e-9, median ? row.Figure.Median : row.Figure.Mean))).ToArray());
                line.LegendText = method.Key;
            }

            plot.Title(tables[i].Key);
            plot.YLabel(median ? "median regret (in the function's unit)" : "mean regret (1 is a median random point)");
            plot.XLabel(tables[i].Key.Contains("cost", StringComparison.Ordinal) ? "cost in full trainings" : "trials");
            plot.Axes.Bottom.TickGenerator = new ScottPlot.TickGenerators.NumericManual(
                [.. tables[i].Select(row => row.Mark).Distinct().Select(mark => new Tick(Math.Log2(mark), mark.ToString(CultureInfo.InvariantCulture)))]);
            plot.Axes.Left.TickGenerator = new ScottPlot.TickGenerators.NumericAutomatic { LabelFormatter = exponent => Math.Pow(10, exponent).ToString("G2", CultureInfo.InvariantCulture) };
            plot.ShowLegend(Alignment.LowerLeft);
        }

        multiplot.Layout = new ScottPlot.MultiplotLayouts.Grid((tables.Count + 1) / 2, Math.Min(2, tables.Count));
        multiplot.SavePng(file, 750 * Math.Min(2, tables.Count), 520 * ((tables.Count + 1) / 2));
    }
}
