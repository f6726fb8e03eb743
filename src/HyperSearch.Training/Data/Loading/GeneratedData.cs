using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Training.Data.Generators;
using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Data.Loading;

/// <summary>Data that are made rather than measured, in any amount: figures in the plane and drawn digits.</summary>
/// <remarks>
/// Row r belongs to class r mod classes, so that classes are of equal size. A row depends on seed and number alone: more rows begin with
/// the same ones.
/// </remarks>
public static class GeneratedData
{
    private static readonly Dictionary<string, PlaneFigure> Figures = new()
    {
        ["spirals"] = PlaneFigure.Spirals,
        ["moons"] = PlaneFigure.Moons,
        ["blobs"] = PlaneFigure.Blobs,
        ["circles"] = PlaneFigure.Circles,
    };

    /// <summary>The kinds that can be made.</summary>
    public static IReadOnlyList<string> Kinds { get; } = [.. Figures.Keys, "digits"];

    /// <summary>Writes generated data as CSV with a header, lines ended by \n; the label column is <c>class</c>.</summary>
    /// <param name="options">The kind of data to draw.</param>
    /// <param name="seed">Seed of the drawing unless the options name one.</param>
    /// <param name="writer">Receives the text; numbers have at most five decimals.</param>
    /// <exception cref="DataException">The options ask for what cannot be drawn.</exception>
    public static void WriteCsv(GeneratorOptions options, ulong seed, TextWriter writer)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(writer);
        using var table = Table(options, seed, "class");
        writer.Write(string.Join(',', table.Columns.Select(static column => column.Name)) + ",class\n");
        for (var row = 0; row < table.Cells.Rows; row++)
        {
            foreach (var cell in table.Cells.Row(row))
                writer.Write(cell.ToString("0.#####", CultureInfo.InvariantCulture) + ",");
            writer.Write(table.Labels.Text(row) + "\n");
        }
    }

    /// <summary>Draws the table that a loader goes on with.</summary>
    /// <exception cref="DataException">The options ask for what cannot be drawn.</exception>
    internal static RawTable Table(GeneratorOptions options, ulong seed, string label)
    {
        var figure = Figures.GetValueOrDefault(options.Kind);
        var classes = Require(options);
        var image = figure is null ? new ImageShape(DigitPainter.Size, DigitPainter.Size) : null;
        var cells = new FeatureMatrix(options.Rows, image?.Features ?? 2);
        var labels = new LabelCells(label);
        for (var row = 0; row < options.Rows; row++)
        {
            var c = row % classes;
            var target = cells.Writable(row);
            if (figure is null)
                DigitPainter.Draw(options.Seed ?? seed, row, c, options.Noise ?? DigitPainter.Noise, target);
            else
                (target[0], target[1]) = figure.Draw(options.Seed ?? seed, row, c, classes, options.Noise ?? figure.Noise);
            labels.Add(c);
        }
        IReadOnlyList<InputColumn> columns = image is null ? [new InputColumn { Name = "x1" }, new InputColumn { Name = "x2" }]
            : ArrayFiles.Columns(image.Features, image);
        return new RawTable($"generated {options.Kind}", columns, cells, labels) { Image = image };
    }

    /// <summary>Refuses what cannot be drawn.</summary>
    /// <returns>The number of classes.</returns>
    internal static int Require(GeneratorOptions options)
    {
        var figure = Figures.GetValueOrDefault(options.Kind);
        if (!Kinds.Contains(options.Kind))
            throw new DataException($"Data of the kind \"{options.Kind}\" cannot be generated.{Nearest.Hint(options.Kind, Kinds)} "
                + $"Known: {string.Join(", ", Kinds)}.");
        var classes = options.Classes ?? figure?.Classes ?? 10;
        if (options.Classes is { } asked && (figure is { FreeClasses: true } ? asked is < 2 or > 100 : asked != classes
            || asked != (figure?.Classes ?? 10)))
            throw new DataException(figure is { FreeClasses: true }
                ? $"{options.Kind} cannot have {asked} classes; 2 to 100 are possible."
                : $"{options.Kind} always have {figure?.Classes ?? 10} classes, not {asked}; leave `classes` out.");
        if (options.Rows < 3 * classes || options.Rows > 10_000_000)
            throw new DataException($"{options.Rows} rows cannot be generated; {3 * classes} (three for each class) to 10,000,000 are "
                + $"possible.");
        if (options.Noise is { } noise && !(noise is >= 0 and <= 10))
            throw new DataException($"A noise of {noise.ToString("R", CultureInfo.InvariantCulture)} is not between 0 and 10.");
        return classes;
    }
}
