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

    /// <summary>The column at a position of the new table.</summary>
    public InputCells(InputColumn column, int position)
    {
        _column = column;
        _position = position;
        _codes = column.Categories?.Select(static (name, i) => (name, i)).ToDictionary(static pair => pair.name, static pair => pair.i, StringComparer.Ordinal);
    }

    /// <summary>The cell of the current row: a number, the position of a category, or NaN where it is missing and may be.</summary>
    /// <exception cref="DataException">The cell is none that the model knows.</exception>
    public float Read(CsvTable table)
    {
        if (ColumnCells.IsMissing(table[_position]))
        {
            return (_column.Categories is null ? _column.FillNumber is not null : _column.FillCategory is not null)
                ? float.NaN
                : throw new DataException($"{table.Place(_position)} is missing, and the model learned without missing values. Fill it in.");
        }
        if (_codes is not null)
        {
            return _codes.TryGetValue(table.Text(_position), out var code)
                ? code
                : throw new DataException($"{table.Place(_position)} holds \"{table.Text(_position)}\", which is none of the categories that the model knows: {Nearest.List(_column.Categories!.ToList())}.");
        }
        return ColumnCells.TryNumber(table[_position], out var number) && float.IsFinite(number)
            ? number
            : throw new DataException($"{table.Place(_position)} holds \"{table.Text(_position)}\"; the column is one of (finite) numbers.");
    }
}
