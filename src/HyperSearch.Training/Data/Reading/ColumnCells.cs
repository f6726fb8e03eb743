using System.Globalization;
using System.Text;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Collects the cells of one CSV column and decides whether it holds numbers or categories.</summary>
/// <remarks>A column is one or the other as a whole: a text among numbers is an error, because it is more often a slip than a category.</remarks>
internal sealed class ColumnCells(string name, bool categorical)
{
    private const int MostCategories = 1000;
    private readonly List<float> _cells = [];
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private int _numbers, _texts;
    private (string Place, string Value)? _firstNumber, _firstText;

    /// <summary>Name of the column.</summary>
    public string Name => name;

    /// <summary>"file:line: row r, column "name"" of the first missing cell; null when none is missing.</summary>
    public (string Place, string Value)? FirstMissing { get; private set; }

    /// <summary>Whether a cell stands for a missing value: empty, NA, N/A, NaN, null or a question mark.</summary>
    public static bool IsMissing(ReadOnlySpan<byte> cell) => cell.Length switch
    {
        0 => true,
        1 => cell[0] == '?',
        2 => Ascii.EqualsIgnoreCase(cell, "NA"u8),
        3 => Ascii.EqualsIgnoreCase(cell, "N/A"u8) || Ascii.EqualsIgnoreCase(cell, "NAN"u8),
        4 => Ascii.EqualsIgnoreCase(cell, "NULL"u8),
        _ => false,
    };

    /// <summary>Reads a number in the invariant culture; one that single precision cannot hold is infinite.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> cell, out float number) => float.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    /// <summary>Adds the cell of the table's current row.</summary>
    /// <exception cref="DataException">It is a number that single precision cannot hold.</exception>
    public void Add(CsvTable table, int column)
    {
        var cell = table[column];
        if (IsMissing(cell))
        {
            FirstMissing ??= (table.Place(column), table.Text(column));
            _cells.Add(float.NaN);
        }
        else if (!categorical && TryNumber(cell, out var number))
        {
            if (!float.IsFinite(number))
                throw new DataException($"{table.Place(column)} holds \"{table.Text(column)}\", which is not a finite number of single precision (below 3.4e38).");
            if (_numbers++ == 0)
                _firstNumber = (table.Place(column), table.Text(column));
            _cells.Add(number);
        }
        else
        {
            AddText(table, column);
        }
    }

    /// <summary>Ends the column: its cells as numbers, a category as its position in the sorted list, a missing cell as NaN.</summary>
    /// <exception cref="DataException">Numbers and texts are mixed, nothing is there, or the texts look like identifiers.</exception>
    public (InputColumn Column, List<float> Cells) Finish()
    {
        if (_numbers + _texts == 0)
            throw new DataException($"{FirstMissing!.Value.Place}: the column has no value in any row. List it under ignore.");
        if (_texts == 0)
            return (new InputColumn { Name = name }, _cells);
        if (_numbers > 0)
            throw Mixed();
        if (_codes.Count > MostCategories || (_codes.Count == _texts && _texts > 20))
            throw new DataException(
                $"{_firstText!.Value.Place}: the column has {_codes.Count} different texts in {_texts} rows, as an identifier has; it says nothing about new rows. List it under ignore.");
        var sorted = _codes.Keys.Order(StringComparer.Ordinal).ToArray();
        var position = new float[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
            position[_codes[sorted[i]]] = i;
        for (var i = 0; i < _cells.Count; i++)
        {
            if (!float.IsNaN(_cells[i]))
                _cells[i] = position[(int)_cells[i]];
        }
        return (new InputColumn { Name = name, Categories = sorted }, _cells);
    }

    private void AddText(CsvTable table, int column)
    {
        var text = table.Text(column);
        if (_texts++ == 0)
            _firstText = (table.Place(column), text);
        if (!_codes.TryGetValue(text, out var code))
            _codes.Add(text, code = _codes.Count);
        _cells.Add(code);
    }

    private DataException Mixed()
    {
        var odd = _texts <= _numbers ? _firstText!.Value : _firstNumber!.Value;
        return new DataException(_texts <= _numbers
            ? $"{odd.Place} holds the text \"{odd.Value}\" in a column of numbers. Correct the cell, or list the column under categorical or ignore."
            : $"{odd.Place} holds the number \"{odd.Value}\" in a column of texts. Correct the cell, or list the column under categorical or ignore.");
    }
}
