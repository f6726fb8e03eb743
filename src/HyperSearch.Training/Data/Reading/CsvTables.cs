using System.Globalization;
using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Reading;

/// <summary>
/// Reads CSV files into one table: numbers as they are, texts as categories, the label apart. All mistakes are told at once.
/// </summary>
internal static class CsvTables
{
    /// <summary>Reads one file for each part of the data (training, development, test; null when there is none).</summary>
    /// <exception cref="DataException">A file does not hold what the source says.</exception>
    public static RawTable Read(DataFile train, DataFile? dev, DataFile? test, DataSource source)
    {
        CsvFile Open(DataFile file) => new(file, source.Separator, source.Header);
        var problems = new DataProblems();
        var first = Open(train);
        var (columns, separator, ignored) = first.Read(problems, table => Columns(table, first, source, problems));
        problems.ThrowIfAny();
        var labels = new LabelCells(source.Label!);
        var sizes = new SplitSizes(
            Append(first, columns, labels, source, problems),
            dev is null ? 0 : Append(Open(dev), columns, labels, source, problems),
            test is null ? 0 : Append(Open(test), columns, labels, source, problems));
        labels.Finish(separator, source, problems);
        var finished = columns.Select(column => (column.Cells.Name, column.Position, column.Cells.FirstPoint,
            Finished: column.Cells.Finish(separator, source, problems))).ToList();
        foreach (var (_, position, _, _) in finished.Where(static column => column.Name.Length == 0 && column.Finished is null))
            problems.Add($"{first.Name}: column {position + 1} of the header has no name. Name it (and list it under ignore if it is "
                + $"not an input).");
        var commas = finished.Where(static column => column.Finished?.UsesCommas == true).Select(static column =>
            column.Name).Concat(labels.UsesCommas ? [labels.Name] : []).ToList();
        foreach (var (name, _, point, _) in finished.Where(column => commas.Count > 0 && column.FirstPoint is not null
            && column.Finished?.Column?.Categories is null && column.Name.Length > 0))
            problems.Add($"{first.Name}: column \"{name}\" holds \"{point}\", but the comma is the decimal mark in \"{commas[0]}\". "
                + $"Write both alike, without separators of thousands.");
        var inputs = finished.Where(static column => column.Finished?.Column is not null).Select(static column =>
            column.Finished!).ToList();
        if (inputs.Count == 0 && problems.IsEmpty)
        {
            var reasons = string.Join("; ", finished.Select(static column =>
                $"{(column.Name.Length > 0 ? $"\"{column.Name}\"" : "one")} is left out because {column.Finished!.Reason}"));
            problems.Add(reasons.Length == 0
                ? $"{first.Name}: the label \"{source.Label}\" is the only column; at least one more is needed as input."
                : $"{first.Name}: beside the label \"{source.Label}\" no column is an input: {reasons}.");
        }
        problems.ThrowIfAny();
        var report = new ReadingReport(
            [.. first.Notes(separator, commas)],
            [
                .. finished.Where(static column => column.Finished?.Reason is not null).Select(static column =>
                new LeftOutColumn(column.Name.Length > 0 ? column.Name : $"column "
                    + $"{(column.Position + 1).ToString(CultureInfo.InvariantCulture)}", column.Finished!.Reason!, column.Name.Length > 0)),
                .. ignored.Select(static name => new LeftOutColumn(name, "it is listed under ignore")),
            ],
            [.. inputs.Select(static column => column.Question).OfType<string>()]);
        return new RawTable(first.Name, [.. inputs.Select(static column => column.Column!)], Gather(inputs, labels.Count),
            labels)
        { Given = sizes, Report = report };
    }

    private static FeatureMatrix Gather(List<FinishedColumn> inputs, int rows)
    {
        var cells = new FeatureMatrix(rows, inputs.Count);
        double[] origins = [.. inputs.Select(static input => input.Column!.Origin ?? 0)];
        var columns = inputs.ConvertAll(static input => input.Cells);
        for (var row = 0; row < rows; row++)
        {
            var target = cells.Writable(row);
            for (var i = 0; i < target.Length; i++)
                target[i] = (float)(columns[i][row] - origins[i]);
        }
        return cells;
    }

    private static (List<(ColumnCells Cells, int Position)> Columns, char Separator,
        IReadOnlyList<string> Ignored) Columns(CsvTable table, CsvFile file, DataSource source, DataProblems problems)
    {
        if (source.Label is null)
            problems.Add($"{file.Name}: no label is named. Write `label:` with one of the columns: {Nearest.List(table.Names.ToList())}.");
        HashSet<string> Known(IEnumerable<string> names, string role)
        {
            foreach (var name in names.Where(name => table.IndexOf(name) < 0))
                problems.Add(table.Missing(name, role) + file.WhyMissing(table, name));
            return [.. names.Select(table.Named)];
        }

        var label = Known(source.Label is null ? [] : [source.Label], "for the label");
        var ignored = Known(source.Ignore, "to ignore");
        var categorical = Known(source.Categorical, "to read as categories");
        var columns = table.Header
            .Select(static (name, position) => (name, position))
            .Where(column => !label.Contains(column.name) && !ignored.Contains(column.name))
            .Select(column => (new ColumnCells(column.name, categorical.Contains(column.name)), column.position))
            .ToList();
        return (columns, table.Separator, [.. ignored]);
    }

    private static int Append(CsvFile file, List<(ColumnCells Cells, int Position)> columns, LabelCells labels, DataSource source,
        DataProblems problems) => file.Read(problems, table =>
    {
        var isTraining = labels.Count == 0;
        var label = table.IndexOf(source.Label!);
        if (label < 0)
            problems.Add(table.Missing(source.Label!, "for the label"));
        var used = columns.Where(column => isTraining || column.Cells.Name.Length > 0).Select(static column => column.Cells).ToArray();
        var positions = isTraining ? [.. columns.Select(static column => column.Position)] : used.Select(column =>
            table.IndexOf(column.Name)).ToArray();
        for (var i = 0; i < positions.Length; i++)
        {
            if (positions[i] < 0)
                problems.Add(table.Missing(used[i].Name, "that the training file has"));
        }
        if (label < 0 || positions.Contains(-1))
            return 0;
        var before = labels.Count;
        while (table.Read())
        {
            for (var i = 0; i < positions.Length; i++)
                used[i].Add(table, positions[i]);
            labels.Add(table, label, problems);
        }
        if (table.Row == 0)
            throw new DataException($"{file.Name}: there is a header but no row below it.");
        return labels.Count - before;
    });
}
