using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Reads CSV files into one table: numbers as they are, texts as categories, the label apart.</summary>
internal static class CsvTables
{
    /// <summary>Reads one file for each part of the data (training, development, test; null when there is none).</summary>
    /// <exception cref="DataException">A file does not hold what the source says.</exception>
    public static RawTable Read(DataFile train, DataFile? dev, DataFile? test, DataSource source)
    {
        var columns = train.Read(stream => Columns(stream, train.Name, source));
        var labels = new LabelCells(source.Label!);
        var sizes = new SplitSizes(
            Append(train, columns, labels, source),
            dev is null ? 0 : Append(dev, columns, labels, source),
            test is null ? 0 : Append(test, columns, labels, source));
        var finished = columns.ConvertAll(static column => column.Finish());
        RequireWhole(columns, source);
        var cells = new FeatureMatrix(labels.Count, columns.Count);
        for (var row = 0; row < labels.Count; row++)
        {
            var target = cells.Writable(row);
            for (var i = 0; i < target.Length; i++)
                target[i] = finished[i].Cells[row];
        }
        return new RawTable(train.Name, finished.ConvertAll(static pair => pair.Column), cells, labels) { Given = sizes };
    }

    private static List<ColumnCells> Columns(Stream stream, string file, DataSource source)
    {
        using var table = new CsvTable(stream, file);
        if (source.Label is null)
            throw new DataException($"{file}: no label is named. Write `label:` with one of the columns: {Nearest.List(table.Header)}.");
        table.Find(source.Label, "for the label");
        foreach (var name in source.Ignore)
            table.Find(name, "to ignore");
        foreach (var name in source.Categorical)
            table.Find(name, "to read as categories");
        var columns = table.Header
            .Where(name => name != source.Label && !source.Ignore.Contains(name))
            .Select(name => new ColumnCells(name, source.Categorical.Contains(name)))
            .ToList();
        return columns.Count > 0 ? columns : throw new DataException($"{file}: the label \"{source.Label}\" is the only column; at least one more is needed as input.");
    }

    private static int Append(DataFile file, List<ColumnCells> columns, LabelCells labels, DataSource source) => file.Read(stream =>
    {
        using var table = new CsvTable(stream, file.Name);
        var label = table.Find(source.Label!, "for the label");
        var positions = columns.ConvertAll(column => table.Find(column.Name, "that the training file has"));
        while (table.Read())
        {
            for (var i = 0; i < positions.Count; i++)
                columns[i].Add(table, positions[i]);
            labels.Add(table, label);
        }
        return table.Row > 0 ? table.Row : throw new DataException($"{file.Name}: there is a header but no row below it.");
    });

    private static void RequireWhole(List<ColumnCells> columns, DataSource source)
    {
        if (source.Missing != "refuse")
            return;
        if (columns.Find(static column => column.FirstMissing is not null)?.FirstMissing is var (place, value))
            throw new DataException($"{place} is missing{(value.Length == 0 ? "" : $" (\"{value}\")")}. Fill it in, or set `missing: mean` or `missing: mode`.");
    }
}
