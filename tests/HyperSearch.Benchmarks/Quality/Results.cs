using System.Globalization;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>Tables of regret: printed as they come, kept for a CSV file and a picture.</summary>
internal sealed class Results(TextWriter writer)
{
    private readonly List<Row> _rows = [];

    /// <summary>Every figure so far.</summary>
    public IReadOnlyList<Row> Rows => _rows;

    /// <summary>Prints a table, a row a method.</summary>
    /// <param name="title">What the columns run over.</param>
    /// <param name="runs">All runs of all methods.</param>
    /// <param name="marks">The columns.</param>
    /// <param name="at">A run's regret at a column.</param>
    /// <param name="median">Whether to show medians: regrets of a function differ by powers of ten.</param>
    public void Add(string title, IReadOnlyList<Run> runs, IReadOnlyList<int> marks, Func<Run, int, double> at, bool median = false)
    {
        if (runs.Count == 0)
            return;
        writer.WriteLine();
        writer.WriteLine($"| {title}{(median ? " (median)" : "")} | {string.Join(" | ", marks)} | ms a decision |");
        writer.WriteLine($"|---|{string.Concat(marks.Select(_ => "---|"))}---|");
        foreach (var method in runs.GroupBy(run => run.Method.Name))
        {
            List<Row> rows = [.. marks.Select(mark =>
                new Row(title, method.Key, mark, Figure.Of(method.Select(run => (run.Seed, at(run, mark)))), median))];
            _rows.AddRange(rows);
            var cost = 1000 * method.Sum(run => run.Deciding) / method.Sum(run => run.Trace.Count);
            writer.WriteLine(string.Create(CultureInfo.InvariantCulture, $"| {method.Key} | {string.Join(" | ", rows)} | {cost:0.0000} |"));
        }
    }

    /// <summary>Writes one row a table, method and column.</summary>
    public void WriteCsv(string file) => File.WriteAllLines(file,
    [
        "table,method,at,mean,standard_error,median",
        .. _rows.Select(row =>
            string.Create(CultureInfo.InvariantCulture,
                $"\"{row.Table}\",\"{row.Method.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{row.Mark}," +
                $"{row.Figure.Mean:R},{row.Figure.Error:R},{row.Figure.Median:R}")),
    ]);

    /// <summary>One figure of a table.</summary>
    internal sealed record Row(string Table, string Method, int Mark, Figure Figure, bool ShowsMedian)
    {
        /// <summary>What the table and the picture show.</summary>
        public double Shown => ShowsMedian ? Figure.Median : Figure.Mean;

        public override string ToString() => ShowsMedian
            ? string.Create(CultureInfo.InvariantCulture, $"{Figure.Median:G3}")
            : string.Create(CultureInfo.InvariantCulture, $"{Figure.Mean:.000} ±{Figure.Error:.000}");
    }
}
