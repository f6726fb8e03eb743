using HyperSearch.Numerics;
using HyperSearch.Training.Data;
using HyperSearch.Training.Data.Reading;

namespace HyperSearch.Training.Models;

/// <summary>Reads one column of new rows as the schema knows it.</summary>
internal sealed class InputCells
{
    private readonly InputColumn _column;
    private readonly int _position;
    private readonly Dictionary<string, int>? _codes;
    private readonly SortedDictionary<string, int> _strange = new(StringComparer.Ordinal);

    /// <summary>The column at a position of the new table.</summary>
    public InputCells(InputColumn column, int position)
    {
        _column = column;
        _position = position;
        _codes = column.Categories?.Select(static (name, i) => (name, i)).ToDictionary(static pair => pair.name, static pair =>
            pair.i, StringComparer.Ordinal);
    }

    /// <summary>Categories that the model never saw, with the rows that have them.</summary>
    public IEnumerable<string> Warnings => _strange.Select(pair =>
        $"Column \"{_column.Name}\" holds \"{pair.Key}\" in {(pair.Value == 1 ? "1 row" : $"{pair.Value} rows")}, which the model "
            + $"never saw; it counts as none of {Nearest.List(_column.Categories!.ToList())}.");

    /// <summary>
    /// The cell of the current row: the distance of a number from its column's origin, the position of a category (-1 for one that the
    /// model never saw), or NaN where it is
    /// missing and may be. Any other cell is noted as a mistake.
    /// </summary>
    /// <param name="table">The table at its row.</param>
    /// <param name="isStrict">Whether a category that the model never saw is a mistake rather than a warning.</param>
    /// <param name="problems">Where mistakes are noted.</param>
    public float Read(CsvTable table, bool isStrict, DataProblems problems)
    {
        var cell = table[_position];
        if (_codes is not null && !cell.IsEmpty && _codes.TryGetValue(table.Text(_position), out var code))
            return code;
        if (MissingWords.Contain(cell) || (_codes is null && MissingWords.ContainInNumbers(table.Text(_position))))
        {
            if (_column.Categories is null ? _column.FillNumber is null : _column.FillCategory is null)
                problems.AddRow($"missing {_column.Name}", () => $"{table.Place(_position)} is missing, and the model learned without "
                    + $"missing values. Fill it in.");
            return float.NaN;
        }
        if (_codes is not null)
            return Strange(table, isStrict, problems);
        if (ColumnCells.TryNumber(cell, out var number) ? float.IsFinite((float)number)
            : (_column.HasDecimalCommas || DecimalComma.AreNumbers([table.Text(_position)], table.Separator, null))
                && DecimalComma.TryParse(table.Text(_position), out number))
            return _column.Rounded(number);
        problems.AddRow($"number {_column.Name}", () => $"{table.Place(_position)} holds \"{table.Text(_position)}\"; the column is "
            + $"one of (finite) numbers.");
        return float.NaN;
    }

    private int Strange(CsvTable table, bool isStrict, DataProblems problems)
    {
        var text = table.Text(_position);
        if (isStrict)
            problems.AddRow($"category {_column.Name} {text}", () => $"{table.Place(_position)} holds \"{text}\", which is none of the "
                + $"categories that the model knows: {Nearest.List(_column.Categories!.ToList())}.");
        else
            _strange[text] = _strange.GetValueOrDefault(text) + 1;
        return -1;
    }
}
