using System.Globalization;

namespace HyperSearch.Benchmarks.Quality;

/// <summary>Tables of regret: printed as they come, kept for a CSV file and a picture.</summary>
internal sealed class Results(TextWriter writer, string? against)
{
    private readonly List<Row> _rows = [], _pairs = [];
    private readonly List<(string Table, Run Run, int Mark, double Regret)> _runs = [];

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

        if (against is not null)
            AddPairs($"{title}, against {against}", runs, marks, at, median);
        foreach (var run in runs)
            _runs.AddRange(marks.Select(mark => (title, run, mark, at(run, mark))));
    }

    /// <summary>
    /// Prints the differences from one sampler on the same problem, seed, slots and schedule: their mean and its standard error over seeds.
    /// </summary>
    private void AddPairs(
        string title, IReadOnlyList<Run> runs, IReadOnlyList<int> marks, Func<Run, int, double> at, bool median)
    {
        var reference = runs.Where(run => run.Method.Sampled == against)
            .ToDictionary(run => (run.Problem.Name, run.Seed, run.Method.Slots, run.Method.Scheduled));
        writer.WriteLine();
        writer.WriteLine($"| {title} (mean of the differences) | {string.Join(" | ", marks)} |");
        writer.WriteLine($"|---|{string.Concat(marks.Select(_ => "---|"))}");
        foreach (var method in runs.Where(run => run.Method.Sampled != against).GroupBy(run => run.Method.Name))
        {
            List<Row> rows = [.. marks.Select(mark => new Row(title, method.Key, mark, Figure.Of(method.Select(run =>
                (run.Seed, at(run, mark)
                    - at(reference[(run.Problem.Name, run.Seed, run.Method.Slots, run.Method.Scheduled)], mark)))), false))];
            _pairs.AddRange(rows);
            writer.WriteLine($"| {method.Key} | {string.Join(" | ", rows.Select(row => row.Difference(median)))} |");
        }
    }

    /// <summary>Writes every run at every column.</summary>
    public void WriteRuns(string file) => File.WriteAllLines(file,
    [
        "table,method,problem,seed,at,regret",
        .. _runs.Select(one => string.Create(CultureInfo.InvariantCulture,
            $"\"{one.Table}\",\"{one.Run.Method.Name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"," +
            $"{one.Run.Problem.Name},{one.Run.Seed},{one.Mark},{one.Regret:R}")),
    ]);

    /// <summary>Writes one row a table, method and column.</summary>
    public void WriteCsv(string file) => File.WriteAllLines(file,
    [
        "table,method,at,mean,standard_error,median",
        .. _rows.Concat(_pairs).Select(row =>
            string.Create(CultureInfo.InvariantCulture,
                $"\"{row.Table}\",\"{row.Method.Replace("\"", "\"\"", StringComparison.Ordinal)}\",{row.Mark}," +
                $"{row.Figure.Mean:R},{row.Figure.Error:R},{row.Figure.Median:R}")),
    ]);

    /// <summary>One figure of a table.</summary>
    internal sealed record Row(string Table, string Method, int Mark, Figure Figure, bool ShowsMedian)
    {
        /// <summary>What the table and the picture show.</summary>
        public double Shown => ShowsMedian ? Figure.Median : Figure.Mean;

        /// <summary>The figure as a difference; regrets of functions differ by powers of ten.</summary>
        public string Difference(bool ofFunction) => ofFunction
            ? string.Create(CultureInfo.InvariantCulture, $"{Figure.Mean:G3} ±{Figure.Error:G2}")
            : string.Create(CultureInfo.InvariantCulture, $"{Math.Round(Figure.Mean, 3) + 0.0:+.000;-.000;.000} ±{Figure.Error:.000}");

        public override string ToString() => ShowsMedian
            ? string.Create(CultureInfo.InvariantCulture, $"{Figure.Median:G3}")
            : string.Create(CultureInfo.InvariantCulture, $"{Figure.Mean:.000} ±{Figure.Error:.000}");
    }
}
