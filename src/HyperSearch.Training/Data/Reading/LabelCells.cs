using System.Globalization;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Labels as they were read: numbers as long as every one is a number, otherwise texts. Both keep their spelling.</summary>
/// <remarks>
/// 1 and 1.0 are the same class. A leading zero makes codes of all labels, and 7 and 007 are then two classes. More than
/// 10,000 different numbers are told apart by their values alone.
/// </remarks>
internal sealed class LabelCells(string name)
{
    private const int MostSpellings = 10_000;
    private readonly List<double> _numbers = [];
    private readonly Dictionary<int, string> _texts = [];
    private readonly Dictionary<double, string> _spellings = [];
    private readonly Dictionary<int, string> _otherSpellings = [];
    private readonly HashSet<double> _ambiguous = [];

    /// <summary>Name of the label column.</summary>
    public string Name => name;

    /// <summary>Number of labels.</summary>
    public int Count => _numbers.Count;

    /// <summary>Whether every label is a number.</summary>
    public bool AreNumbers => _texts.Count == 0;

    /// <summary>Whether there are texts among numbers, and more than half are numbers.</summary>
    public bool AreMostlyNumbers => _texts.Count > 0 && 2 * _texts.Count < Count;

    /// <summary>Whether the labels are numbers that name something, such as 007.</summary>
    public bool AreCodes { get; private set; }

    /// <summary>Whether the numbers have decimal commas.</summary>
    public bool UsesCommas { get; private set; }

    /// <summary>The labels as numbers; only when <see cref="AreNumbers"/>.</summary>
    public IReadOnlyList<double> Numbers => _numbers;

    /// <summary>Where the labels that are text begin; null when there is none.</summary>
    public string? FirstTextPlace { get; private set; }

    /// <summary>The first label that is text; null when there is none.</summary>
    public string? FirstText { get; private set; }

    /// <summary>
    /// The label of a row as text: as the file writes it; of two spellings of a number that is no code, the shortest form.
    /// </summary>
    public string Text(int row)
    {
        if (_texts.TryGetValue(row, out var text) || (AreCodes && _otherSpellings.TryGetValue(row, out text)))
            return text;
        var number = _numbers[row];
        return _spellings.TryGetValue(number, out text) && (AreCodes || !_ambiguous.Contains(number)) ? text : number.ToString("R",
            CultureInfo.InvariantCulture);
    }

    /// <summary>Adds a number.</summary>
    public void Add(double number) => _numbers.Add(number);

    /// <summary>Adds a text, which makes all of them texts.</summary>
    public void Add(string text)
    {
        _texts.Add(_numbers.Count, text);
        _numbers.Add(double.NaN);
        FirstText ??= text;
    }

    /// <summary>Adds the label of the table's current row; one that is missing or an infinity is noted.</summary>
    public void Add(CsvTable table, int column, DataProblems problems)
    {
        var cell = table[column];
        if (MissingWords.Contain(cell))
        {
            var word = cell.IsEmpty ? "" : $" (\"{table.Text(column)}\")";
            problems.AddRow($"missing label {name}", () => $"{table.Place(column)}: the label is missing{word}. Every row needs one; "
                + $"delete the row or fill it in.");
            Add(double.NaN);
        }
        else if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            FirstTextPlace ??= table.Place(column);
            Add(table.Text(column));
        }
        else if (double.IsFinite(number))
        {
            Spell(number, table.Text(column));
            Add(number);
        }
        else
        {
            problems.AddRow($"infinite label {name}", () => $"{table.Place(column)}: the label \"{table.Text(column)}\" is not a "
                + $"finite number.");
            Add(double.NaN);
        }
    }

    /// <summary>Ends the labels: makes numbers of decimal commas, and notes numbers and dates that are written as words.</summary>
    /// <param name="separator">The separator of cells in the training file.</param>
    /// <param name="source">The source that the user described.</param>
    /// <param name="problems">Where mistakes are noted.</param>
    public void Finish(char separator, DataSource source, DataProblems problems)
    {
        if (_texts.Count == 0)
            return;
        var different = _texts.Values.Distinct(StringComparer.Ordinal).ToList();
        if (DecimalComma.AreNumbers(different, separator, source.DecimalMark))
        {
            foreach (var (row, text) in _texts)
            {
                _numbers[row] = DecimalComma.TryParse(text, out var number) ? number : double.NaN;
                Spell(number, text, row);
            }
            _texts.Clear();
            (UsesCommas, FirstText, FirstTextPlace) = (true, null, null);
            return;
        }
        if ((different.Count > 20 || source.Task == "regression") && source.Task != "classification"
            && NumbersAsText.Of(different) is { } disguise)
            problems.Add($"{FirstTextPlace}: the label holds {disguise.What}, such as \"{disguise.Example}\", which are texts to this "
                + $"program. {disguise.Remedy}, or set `task: classification` if each text is a class.");
    }

    private void Spell(double number, string text) => Spell(number, text, _numbers.Count);

    private void Spell(double number, string text, int row)
    {
        if (_spellings.Count >= MostSpellings)
            return;
        AreCodes |= text.AsSpan().TrimStart("+-") is ['0', >= '0' and <= '9', ..];
        if (_spellings.TryAdd(number, text) || _spellings[number] == text)
            return;
        _ambiguous.Add(number);
        _otherSpellings[row] = text;
    }
}
