using System.Globalization;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Reads IDX and NPY files: pictures and their labels in a pair of files, or a matrix whose last column is the label.</summary>
internal static class ArrayFiles
{
    /// <summary>A pair of files: pictures and labels.</summary>
    public sealed record Pair(DataFile Images, DataFile Labels);

    /// <summary>Reads one pair for each part (training, development, test; null when there is none).</summary>
    /// <exception cref="DataException">A file is malformed, or the files do not fit each other.</exception>
    public static RawTable Read(Pair train, Pair? dev, Pair? test, DataSource source) =>
        Joined([train, dev, test], static pair => pair.Images, source, (pair, part, labels, _) =>
        {
            var count = Labels(pair.Labels, labels);
            return count == part.Shape[0]
                ? part
                : throw new DataException($"{pair.Labels.Name} has {count} labels; {pair.Images.Name} has {part.Shape[0]} examples. "
                + $"Each example needs one.");
        });

    /// <summary>
    /// Reads one matrix for each part (training, development, test; null when there is none); the last column is the label.
    /// </summary>
    /// <exception cref="DataException">A file is malformed, or the files do not fit each other.</exception>
    public static RawTable Read(DataFile train, DataFile? dev, DataFile? test, DataSource source) =>
        Joined([train, dev, test], static file => file, source, WithoutLast);

    /// <summary>Reads new rows for a model: examples of its inputs, or a matrix with one column more, which is the label.</summary>
    /// <param name="file">An IDX or NPY file.</param>
    /// <param name="columns">The columns that the model knows, all of them numbers.</param>
    /// <exception cref="DataException">The file is malformed, or holds other examples.</exception>
    public static (FeatureMatrix Cells, LabelCells? Labels) ReadNew(DataFile file, IReadOnlyList<InputColumn> columns)
    {
        if (columns.FirstOrDefault(static column => column.Categories is not null) is { } words)
            throw new DataException($"{file.Name}: the model learned from words in column \"{words.Name}\", which an array cannot "
                + $"hold. Give a CSV file.");
        var origins = columns.Select(static column => column.Origin).ToArray();
        var part = Matrix(file, columns.All(static column => column.FillNumber is null), feature => feature < origins.Length
            ? origins[feature] : null);
        var width = part.Cells.Columns;
        if (width == columns.Count)
            return (part.Cells, null);
        if (part.Shape.Length != 2 || width != columns.Count + 1)
            throw new DataException($"{file.Name}: an example has the shape {Text(part.Shape)}; the model knows {columns.Count} "
                + $"inputs{(part.Shape.Length == 2 ? ", and a label may follow them" : "")}.");
        var labels = new LabelCells("label");
        return (WithoutLast(file, part, labels, null).Cells, labels);
    }

    /// <summary>Reads labels alone.</summary>
    /// <exception cref="DataException">The file is malformed.</exception>
    public static LabelCells ReadLabels(DataFile file)
    {
        var labels = new LabelCells("label");
        Labels(file, labels);
        return labels;
    }

    private static (int[] Shape, FeatureMatrix Cells) WithoutLast(DataFile file, (int[] Shape, FeatureMatrix Cells) part,
        LabelCells labels, double? origin)
    {
        if (part.Shape is not [var rows, > 1 and var columns])
            throw new DataException($"{file.Name}: an example has the shape {Text(part.Shape)}; a matrix of inputs and, in the last "
                + $"column, labels is needed.");
        var inputs = new FeatureMatrix(rows, columns - 1);
        for (var row = 0; row < rows; row++)
        {
            var cells = part.Cells.Row(row);
            cells[..^1].CopyTo(inputs.Writable(row));
            labels.Add(float.IsNaN(cells[^1]) ? throw new DataException($"{file.Name}: label {row + 1} is NaN.")
                : origin + (double)cells[^1] ?? cells[^1]);
        }
        part.Cells.Dispose();
        return ([rows, columns - 1], inputs);
    }

    private static RawTable Joined<T>(T?[] files, Func<T, DataFile> features, DataSource source, Func<T, (int[] Shape,
        FeatureMatrix Cells), LabelCells, double?, (int[] Shape, FeatureMatrix Cells)> label)
        where T : class
    {
        var labels = new LabelCells(source.Label ?? "label");
        var parts = new List<(int[] Shape, FeatureMatrix Cells)>();
        var first = features(files[0]!).Name;
        var origins = Origins([.. files.OfType<T>().Select(features)]);
        int[]? shape = null;
        foreach (var file in files.OfType<T>())
        {
            var part = Matrix(features(file), source.Missing == "refuse", feature => feature < origins.Length ? origins[feature] : null);
            shape ??= part.Shape;
            if (!part.Shape.AsSpan(1).SequenceEqual(shape.AsSpan(1)))
                throw new DataException($"{features(file).Name}: an example has the shape {Text(part.Shape)}; the examples of {first} have "
                    + $"{Text(shape)}.");
            parts.Add(label(file, part, labels, origins.Length == part.Cells.Columns ? origins[^1] : null));
        }
        var image = Picture(parts[0].Shape);
        var given = new SplitSizes(parts[0].Shape[0], files[1] is null ? 0 : parts[1].Shape[0], files[2] is null ? 0 : parts[^1].Shape[0]);
        var columns = Columns(parts[0].Cells.Columns, image).Select((column, i) => i < origins.Length && origins[i] is { } origin
            ? column with { Origin = origin } : column).ToList();
        return new RawTable(first, columns, Joined(parts), labels) { Image = image, Given = given };
    }

    /// <summary>The origins that columns need; empty where no file has numbers wide enough to need one.</summary>
    private static double?[] Origins(List<DataFile> files)
    {
        ColumnOrigin.Bounds[] bounds = [];
        foreach (var file in files)
        {
            bounds = file.Read((stream, most) =>
            {
                var header = Header(stream, most, file.Name);
                if (!header.Type.IsWide || header.Shape.Length == 1)
                    return bounds;
                var width = header.Shape.Skip(1).Aggregate(static (a, b) => a * b);
                var all = bounds.Length == width ? bounds : [.. Enumerable.Repeat(ColumnOrigin.Bounds.None, width)];
                Values(stream, header, width, file.Name, (_, feature, value) => all[feature] = all[feature].With(value));
                return all;
            });
        }
        return [.. bounds.Select(static column => column.Origin())];
    }

    /// <summary>Names of the inputs: p{row}_{column} of a picture (with _{channel} when there are several), else x{number}.</summary>
    public static IReadOnlyList<InputColumn> Columns(int count, ImageShape? image) =>
        [.. Enumerable.Range(0, count).Select(i => new InputColumn { Name = image is null ? $"x{i}" : Pixel(i, image) })];

    private static string Pixel(int i, ImageShape image)
    {
        var (pixel, channel) = Math.DivRem(i, image.Channels);
        var (row, column) = Math.DivRem(pixel, image.Width);
        return image.Channels == 1 ? $"p{row}_{column}" : $"p{row}_{column}_{channel}";
    }

    private static ImageShape? Picture(int[] shape) => shape.Length switch
    {
        3 => new ImageShape(shape[1], shape[2]),
        4 => new ImageShape(shape[1], shape[2], shape[3]),
        _ => null,
    };

    private static string Text(int[] shape) => string.Join("x", shape.Skip(1));

    private static FeatureMatrix Joined(List<(int[] Shape, FeatureMatrix Cells)> parts)
    {
        if (parts.Count == 1)
            return parts[0].Cells;
        var joined = new FeatureMatrix(parts.Sum(static part => part.Cells.Rows), parts[0].Cells.Columns);
        var row = 0;
        foreach (var (_, cells) in parts)
        {
            for (var i = 0; i < cells.Rows; i++)
                cells.Row(i).CopyTo(joined.Writable(row++));
            cells.Dispose();
        }
        return joined;
    }

    private static (int[] Shape, FeatureMatrix Cells) Matrix(DataFile file, bool refuseMissing, Func<int, double?> origin) =>
        file.Read((stream, most) =>
    {
        var header = Header(stream, most, file.Name);
        if (header.Shape.Length == 1)
            throw new DataException($"{file.Name}: the file has one number for each example, as labels have. Pictures have two or "
                + $"three dimensions more, plain features one.");
        var cells = new FeatureMatrix(header.Shape[0], header.Shape.Skip(1).Aggregate(static (a, b) => a * b));
        double[] origins = [.. Enumerable.Range(0, cells.Columns).Select(feature => origin(feature) ?? 0)];
        try
        {
            Values(stream, header, cells.Columns, file.Name, (row, feature, value) =>
            {
                RequireSingle(value, refuseMissing, row, feature, file.Name);
                cells.Writable(row)[feature] = (float)(value - origins[feature]);
            });
            return (header.Shape, cells);
        }
        catch
        {
            cells.Dispose();
            throw;
        }
    });

    private static void RequireSingle(double value, bool refuseMissing, int row, int column, string file)
    {
        var single = (float)value;
        if (float.IsInfinity(single))
            throw new DataException(string.Create(CultureInfo.InvariantCulture,
                $"{file}: row {row + 1}, feature {column + 1} is {value:R}, which is not a finite number of single precision (below "
                    + $"3.4e38)."));
        if (float.IsNaN(single) && refuseMissing)
            throw new DataException($"{file}: row {row + 1}, feature {column + 1} is NaN. Replace it, or set `missing: mean` or "
                + $"`missing: mode`.");
    }

    private static int Labels(DataFile file, LabelCells labels) => file.Read((stream, most) =>
    {
        var header = Header(stream, most, file.Name);
        if (header.Shape.Length > 1 && header.Shape.Skip(1).Any(static size => size != 1))
            throw new DataException($"{file.Name}: the file has {Text(header.Shape)} numbers for each example; labels are one.");
        Values(stream, header, 1, file.Name, (row, _, value) =>
        {
            if (!double.IsFinite(value))
                throw new DataException($"{file.Name}: label {row + 1} is not a finite number.");
            labels.Add(value);
        });
        return header.Shape[0];
    });

    private static ArrayHeader Header(Stream stream, long mostBytes, string file)
    {
        var header = ArrayHeader.Read(stream, file);
        if (header.Shape.Any(static size => size <= 0))
            throw new DataException($"{file}: the header says {string.Join(" x ", header.Shape)} numbers; every dimension must be "
                + $"positive.");
        var bytes = header.Shape.Aggregate((decimal)header.Type.Size, static (product, size) => product * size);
        var features = header.Shape.Skip(1).Aggregate(1m, static (product, size) => product * size);
        return bytes <= mostBytes && features <= 1 << 24
            ? header
            : throw new DataException($"{file}: the header promises {string.Join(" x ", header.Shape)} numbers, more than the file can "
            + $"hold; it is truncated or damaged.");
    }

    /// <summary>Reads all numbers in the file's order: row by row, or column by column where the array is stored so.</summary>
    private static void Values(Stream stream, ArrayHeader header, int width, string file, Action<int, int, double> use)
    {
        var rows = header.Shape[0];
        var (groups, size) = header.ByColumn ? (width, rows) : (rows, width);
        var bytes = new byte[size * header.Type.Size];
        var values = new double[size];
        for (var group = 0; group < groups; group++)
        {
            var read = stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
            if (read < bytes.Length)
                throw new DataException($"{file}: the header promises {rows} examples, but the file ends in the middle of "
                    + $"{(header.ByColumn ? "column" : "number")} {group + 1}; it is truncated.");
            header.Type.Decode(bytes, values);
            var feature = header.ByColumn ? FeatureOf(group, header.Shape) : 0;
            for (var i = 0; i < values.Length; i++)
            {
                if (header.ByColumn)
                    use(i, feature, values[i]);
                else
                    use(group, i, values[i]);
            }
        }
        if (stream.ReadByte() >= 0)
            throw new DataException($"{file}: there are more bytes than the {rows} examples that the header promises; it is damaged.");
    }

    /// <summary>
    /// The feature, counted with the last dimension fastest, that is number <paramref name="column"/> when counted with the first fastest.
    /// </summary>
    private static int FeatureOf(int column, int[] shape)
    {
        var feature = 0;
        foreach (var size in shape.AsSpan(1))
        {
            (column, var index) = Math.DivRem(column, size);
            feature = (feature * size) + index;
        }
        return feature;
    }
}
