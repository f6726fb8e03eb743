using System.Globalization;

namespace HyperSearch.Training.Data.Reading;

/// <summary>A CSV file whose form is known, so that its rows can be read.</summary>
internal sealed class CsvFile
{
    private readonly DataFile _file;

    /// <summary>Looks at the whole file.</summary>
    /// <param name="file">The file.</param>
    /// <param name="separator">The separator of cells that the user named; null finds it.</param>
    /// <param name="header">Whether the user said that the first line names the columns; null when unsaid.</param>
    /// <exception cref="DataException">The file is missing, or is no text.</exception>
    public CsvFile(DataFile file, string? separator, bool? header) => (_file, Form) = (file, TextForm.Of(file, separator, header));

    /// <summary>The file as messages name it.</summary>
    public string Name => _file.Name;

    /// <summary>How the file holds its cells.</summary>
    public TextForm Form { get; private init; }

    /// <summary>Reads the file from its header on.</summary>
    /// <param name="problems">Where mistakes in rows are noted.</param>
    /// <param name="reader">Reads the rows.</param>
    /// <exception cref="DataException">The header cannot be used, or a line's quotes do not match.</exception>
    public T Read<T>(DataProblems problems, Func<CsvTable, T> reader) => _file.Read(stream =>
    {
        using var table = new CsvTable(stream, Name, Form, problems);
        return reader(table);
    });

    /// <summary>What may be the reason that a table has no such column, with its leading space; empty when nothing tells.</summary>
    public string WhyMissing(CsvTable table, string column)
    {
        if (Form.Header == false)
            return "";
        if (Form.LineNaming(_file, column) is { } line)
            return string.Create(CultureInfo.InvariantCulture,
                $" Line {line} names it; the first line has to be the header, so remove the lines above line {line}.");
        return table.Header.Count == 1
            ? " Cells are told apart by commas, semicolons, tabs, bars or blanks; write one of these between them."
            : "";
    }

    /// <summary>The file's peculiarities, a sentence each.</summary>
    /// <param name="separator">The separator of its cells.</param>
    /// <param name="commas">Columns whose numbers have decimal commas.</param>
    public IEnumerable<string> Notes(char separator, IReadOnlyList<string> commas)
    {
        if (Form.Encoding?.CodePage == 1252)
            yield return $"{Name} is not UTF-8; it is read as Windows-1252. Where letters look wrong, save it as UTF-8.";
        if (separator != ',')
            yield return $"{Name}: {Word(separator)} separate the cells.";
        if (commas.Count > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{Name}: the comma is a decimal mark in {Columns(commas)}: 1,5 "
                + $"is one and a half.");
        if (Form.Header == false)
            yield return $"{Name} has no header; the columns are called x0, x1, and so on.";
    }

    private static string Columns(IReadOnlyList<string> names) =>
        names.Count <= 6 ? string.Join(", ", names.Select(static name => $"\"{name}\""))
            : $"{names.Count.ToString(CultureInfo.InvariantCulture)} columns";

    private static string Word(char separator) => separator switch
    {
        ';' => "semicolons",
        '\t' => "tabs",
        '|' => "bars",
        ' ' =>
        "blanks",
        _ => $"'{separator}'"
    };
}
