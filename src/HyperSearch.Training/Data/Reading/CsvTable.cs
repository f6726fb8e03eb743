using System.Globalization;
using CsvHelper;
using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Reading;

/// <summary>The rows of one CSV file with a header, checked for shape: every row has as many cells as the header.</summary>
/// <remarks>
/// The separator (comma, semicolon, tab or bar) is found by CsvHelper from the first lines. Blank lines are skipped, cells are trimmed. Text is UTF-8,
/// or what the file's byte order mark says.
/// </remarks>
internal sealed class CsvTable : IDisposable
{
    private static readonly CsvReaderOptions Strict = new()
    {
        MalformedData = CsvMalformedDataHandling.Throw,
        TrimWhitespace = true,
        TrackLineNumbers = true,
        PoolStrings = true,
        MaxRecordSize = 1 << 26,
    };

    private readonly CsvReader _reader;
    private readonly string _file;

    /// <summary>Reads the header.</summary>
    /// <exception cref="DataException">The header is missing, incomplete or ambiguous.</exception>
    public CsvTable(Stream stream, string file)
    {
        _file = file;
        _reader = CsvReader.Create(stream, Strict, leaveOpen: true);
        Header = Guard(static reader =>
        {
            reader.ReadHeader();
            return reader.Headers.ToArray();
        });
        RequireGoodNames();
    }

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Header { get; }

    /// <summary>Number of the current row, from 1, the header not counted.</summary>
    public int Row => (int)_reader.RowNumber;

    /// <summary>A cell of the current row in UTF-8, trimmed; valid until the next row.</summary>
    public ReadOnlySpan<byte> this[int column] => _reader.GetSpan(column);

    /// <summary>A cell of the current row as text; equal texts of a column are one object.</summary>
    public string Text(int column) => _reader.GetString(column);

    /// <summary>"file:line: row r, column "name"" of a cell of the current row.</summary>
    public string Place(int column) => $"{_file}:{_reader.LineNumber}: row {Row}, column \"{Header[column]}\"";

    /// <summary>Moves to the next row.</summary>
    /// <exception cref="DataException">The row is not as wide as the header, or its quotes do not match.</exception>
    public bool Read()
    {
        if (!Guard(static reader => reader.Read()))
            return false;
        if (_reader.FieldCount == Header.Count)
            return true;
        throw new DataException($"{_file}:{_reader.LineNumber}: row {Row} has {Count(_reader.FieldCount)}; the header has {Header.Count}. Every row needs as many cells as the header.");
    }

    /// <summary>Position of the column called <paramref name="name"/>.</summary>
    /// <exception cref="DataException">There is none; the message names the nearest.</exception>
    public int Find(string name, string role)
    {
        var index = Array.IndexOf((string[])Header, name);
        return index >= 0
            ? index
            : throw new DataException($"{_file}: there is no column \"{name}\" {role}.{Nearest.Hint(name, Header)} The columns are: {Nearest.List(Header)}.");
    }

    /// <summary>Gives the buffers back; the stream stays open.</summary>
    public void Dispose() => _reader.Dispose();

    private static string Count(int cells) => cells == 1 ? "1 cell" : $"{cells} cells";

    private T Guard<T>(Func<CsvReader, T> read)
    {
        try
        {
            return read(_reader);
        }
        catch (CsvFormatException e)
        {
            throw new DataException($"{_file}:{e.LineNumber}: the quotes of this line do not match. Put quotes around the whole cell and double those within it.", e);
        }
    }

    private void RequireGoodNames()
    {
        if (Header.Count == 0)
            throw new DataException($"{_file}: the file is empty; it needs a header line with the columns' names, then the rows.");
        if (Header.Any(static name => name.AsSpan().ContainsAny('\0', '\uFFFD')))
            throw new DataException($"{_file}: this is not a text file in UTF-8; a CSV file with a header is needed.");
        var unnamed = Array.IndexOf((string[])Header, "");
        if (unnamed >= 0)
            throw new DataException($"{_file}: column {unnamed + 1} of the header has no name. Name it (and list it under ignore if it is not an input).");
        var twice = Header.GroupBy(static name => name).FirstOrDefault(static group => group.Count() > 1);
        if (twice is not null)
            throw new DataException($"{_file}: {twice.Count()} columns are called \"{twice.Key}\". Give each column a name of its own.");
        if (Header.All(static name => double.TryParse(name, NumberStyles.Float, CultureInfo.InvariantCulture, out _)))
            throw new DataException($"{_file}: the first line holds numbers. It must be a header with the columns' names.");
    }
}
