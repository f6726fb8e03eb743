using System.Globalization;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Labels as they were read: numbers as long as every one is a number, otherwise texts.</summary>
internal sealed class LabelCells(string name)
{
    private readonly List<double> _numbers = [];
    private readonly Dictionary<int, string> _texts = [];

    /// <summary>Name of the label column.</summary>
    public string Name => name;

    /// <summary>Number of labels.</summary>
    public int Count => _numbers.Count;

    /// <summary>Whether every label is a number.</summary>
    public bool AreNumbers => _texts.Count == 0;

    /// <summary>The labels as numbers; only when <see cref="AreNumbers"/>.</summary>
    public IReadOnlyList<double> Numbers => _numbers;

    /// <summary>Where the labels that are text begin; null when there is none.</summary>
    public string? FirstTextPlace { get; private set; }

    /// <summary>The first label that is text; null when there is none.</summary>
    public string? FirstText { get; private set; }

    /// <summary>The label of a row as text; 1.0 and 1 are the same.</summary>
    public string Text(int row) => _texts.TryGetValue(row, out var text) ? text : _numbers[row].ToString("R", CultureInfo.InvariantCulture);

    /// <summary>Adds a number.</summary>
    public void Add(double number) => _numbers.Add(number);

    /// <summary>Adds a text, which makes all of them texts.</summary>
    public void Add(string text)
    {
        _texts.Add(_numbers.Count, text);
        _numbers.Add(double.NaN);
        FirstText ??= text;
    }

    /// <summary>Adds the label of the table's current row.</summary>
    /// <exception cref="DataException">The cell is empty or an infinity.</exception>
    public void Add(CsvTable table, int column)
    {
        var cell = table[column];
        if (ColumnCells.IsMissing(cell))
            throw new DataException($"{table.Place(column)}: the label is missing{(cell.Length == 0 ? "" : $" (\"{table.Text(column)}\")")}. Every row needs one; delete the row or fill it in.");
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            FirstTextPlace ??= table.Place(column);
            Add(table.Text(column));
        }
        else if (double.IsFinite(number))
        {
            Add(number);
        }
        else
        {
            throw new DataException($"{table.Place(column)}: the label \"{table.Text(column)}\" is not a finite number.");
        }
    }
}
