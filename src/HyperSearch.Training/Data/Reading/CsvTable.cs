using System.Globalization;
using CsvHelper;
using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Reading;

/// <summary>
/// The rows of one CSV file, checked for shape: every row has as many cells as the header, empty ones at its end not counted.
/// </summary>
/// <remarks>
/// Blank lines are skipped, cells are trimmed. Where each row has one cell more than the header, the first cells are the rows' names, as R
/// writes
/// them, and their column has no name. Without a header the columns are called x0, x1, …
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
    private readonly TextForm _form;
    private readonly string _file;
    private readonly DataProblems _problems;
    private readonly string[] _header;
    private bool _hasFirst, _isFirst = true;
    private int _cells;

    /// <summary>Reads the header.</summary>
    /// <param name="stream">The file's bytes.</param>
    /// <param name="file">The file as messages name it.</param>
    /// <param name="form">How the file holds its cells.</param>
    /// <param name="problems">Where rows of another width are noted.</param>
    /// <exception cref="DataException">The header is missing or ambiguous.</exception>
    public CsvTable(Stream stream, string file, TextForm form, DataProblems problems)
    {
        (_file, _form, _problems) = (file, form, problems);
        var separator = form.Separator == ' ' ? '\t' : form.Separator;
        _reader = CsvReader.Create(form.Open(stream), Strict with { Separator = separator, HasHeader = form.Header != false },
            leaveOpen: true);
        var names = Guard(static reader =>
        {
            reader.ReadHeader();
            return reader.Headers.ToArray();
        });
        if (form.Header != false && names.Length == 0)
            throw Empty();
        _hasFirst = Guard(static reader => reader.Read());
        if (form.Header == false)
            names = _hasFirst ? [.. Enumerable.Range(0, _reader.FieldCount).Select(static i =>
                $"x{i.ToString(CultureInfo.InvariantCulture)}")] : throw Empty();
        else if (_hasFirst && _reader.FieldCount == names.Length + 1 && !_reader.GetSpan(names.Length).IsEmpty)
            names = ["", .. names];
        _header = names;
        RequireGoodNames();
    }

    /// <summary>Names of the columns; empty where a column has none.</summary>
    public IReadOnlyList<string> Header => _header;

    /// <summary>Names of the columns that have one.</summary>
    public IEnumerable<string> Names => _header.Where(static name => name.Length > 0);

    /// <summary>The separator of the cells.</summary>
    public char Separator => _form.Separator ?? _reader.Separator;

    /// <summary>Number of the current row, from 1, the header not counted.</summary>
    public int Row => (int)_reader.RowNumber;

    /// <summary>Where the current row stands.</summary>
    public CellPlace Here => new(_file, _reader.LineNumber, Row);

    /// <summary>A cell of the current row in UTF-8, trimmed; valid until the next row.</summary>
    public ReadOnlySpan<byte> this[int column] => column < _cells ? _reader.GetSpan(column) : default;

    /// <summary>A cell of the current row as text; equal texts of a column are one object.</summary>
    public string Text(int column) => column < _cells ? _reader.GetString(column) : "";

    /// <summary>"file:line: row r, column "name"" of a cell of the current row.</summary>
    public string Place(int column) => Here.Of(_header[column]);

    /// <summary>Moves to the next row that is as wide as the header; others are noted.</summary>
    public bool Read()
    {
        while (Next())
        {
            if (FitsHeader())
                return true;
            _problems.AddRow($"width {_file}", () => $"{_file}:{_reader.LineNumber}: row {Row} has {Count(_reader.FieldCount)}; the "
                + $"header has {_header.Length}. Every row needs as many cells as the header.");
        }
        return false;
    }

    /// <summary>Position of the column called <paramref name="name"/>; -1 when there is none.</summary>
    public int IndexOf(string name) => Array.IndexOf(_header, Named(name));

    /// <summary>A column as the header calls it: without a header its number stands for its name.</summary>
    public string Named(string name) => _form.Header == false && name.Length > 0 && name.All(char.IsAsciiDigit) ? "x" + name : name;

    /// <summary>The sentence about a column that is missing.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="role">What it is for, to follow its name.</param>
    /// <param name="used">Columns that have a role of their own, so that none of them is meant; <c>null</c> for none.</param>
    public string Missing(string name, string role, IEnumerable<string>? used = null) => _form.Header == false
        ? $"{_file}: there is no column \"{name}\" {role}. Without a header the columns are x0 to x{_header.Length - 1}, or 0 to "
        + $"{_header.Length - 1}."
        : $"{_file}: there is no column \"{name}\" {role}.{Nearest.Hint(name, Names.Except(used ?? []))} The columns are: "
        + $"{Nearest.List(Names.ToList())}.";

    /// <summary>Gives the buffers back; the stream stays open.</summary>
    public void Dispose() => _reader.Dispose();

    private static string Count(int cells) => Counted.Of(cells, "cell");

    private bool Next()
    {
        if (!_isFirst)
            return Guard(static reader => reader.Read());
        _isFirst = false;
        return _hasFirst;
    }

    private bool FitsHeader()
    {
        _cells = _reader.FieldCount;
        if (_cells == _header.Length)
            return true;
        for (var i = _header.Length; i < _reader.FieldCount; i++)
        {
            if (!_reader.GetSpan(i).IsEmpty)
                return false;
        }
        for (var i = _reader.FieldCount; i < _header.Length; i++)
        {
            if (_header[i].Length > 0)
                return false;
        }
        return true;
    }

    private T Guard<T>(Func<CsvReader, T> read)
    {
        try
        {
            return read(_reader);
        }
        catch (CsvFormatException e)
        {
            throw new DataException($"{_file}:{e.LineNumber}: the quotes of this line do not match. Put quotes around the whole cell "
                + $"and double those within it.", e);
        }
    }

    private DataException Empty() => new($"{_file}: the file is empty; it needs a header line with the columns' names, then the rows.");

    private void RequireGoodNames()
    {
        if (_header.Any(static name => name.AsSpan().ContainsAny('\0', '\uFFFD')))
            throw new DataException($"{_file}: this is not a text file in UTF-8; a CSV file with a header is needed.");
        if (_form.Header is null && Names.Any() && Names.All(static name => double.TryParse(name, NumberStyles.Float,
            CultureInfo.InvariantCulture, out _)))
        {
            throw new DataException($"{_file}: the first line holds numbers, not the columns' names. If the file has no header, write "
                + $"`header: false`; "
                + $"its columns are then x0 to x{_header.Length - 1}. If these are the names, write `header: true`.");
        }
        foreach (var twice in Names.GroupBy(static name => name).Where(static group => group.Count() > 1))
            _problems.Add($"{_file}: {twice.Count()} columns are called \"{twice.Key}\". Give each column a name of its own.");
    }
}

/// <summary>Where a row of a CSV file stands.</summary>
/// <param name="File">The file as messages name it.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Row">The row, from 1, the header not counted.</param>
internal readonly record struct CellPlace(string File, long Line, int Row)
{
    /// <summary>"file:line: row r, column "name"" of a cell of the row.</summary>
    public string Of(string column) => $"{File}:{Line}: row {Row}, column \"{column}\"";
}
