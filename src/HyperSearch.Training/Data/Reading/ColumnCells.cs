using System.Globalization;
using System.Runtime.InteropServices;
using HyperSearch.Numerics;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Collects the cells of one CSV column and decides whether it holds numbers or categories.</summary>
/// <remarks>
/// A column is one or the other as a whole: a text among numbers is an error, because it is more often a slip than a category.
/// </remarks>
internal sealed class ColumnCells(string name, bool categorical)
{
    private const int MostCategories = 1000;
    private const int FewCategories = 20;
    private const int FewRows = 20;
    private readonly List<double> _cells = [];
    private readonly List<(int Cell, int Code)> _texts = [];
    private readonly Dictionary<string, int> _codes = new(StringComparer.Ordinal);
    private readonly List<(string Text, CellPlace First)> _distinct = [];
    private (CellPlace Place, string Value)? _firstNumber, _firstMissing, _firstTooLarge;
    private int _numbers, _missing, _tooLarge;
    private string? _firstCode; // the first number that begins with a zero as codes do, such as 01234

    /// <summary>Name of the column; empty when it has none.</summary>
    public string Name => name;

    /// <summary>The first number with a decimal point, as it was written; null when none has one.</summary>
    public string? FirstPoint { get; private set; }

    /// <summary>
    /// Reads a number in the invariant culture. Rounded to single precision it is the same as if the text had been read in single
    /// precision.
    /// </summary>
    public static bool TryNumber(ReadOnlySpan<byte> cell, out double number)
    {
        if (!double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out number))
            return false;
        const long LostBits = 0x1FFFFFFF, HalfWay = 0x10000000;
        if ((BitConverter.DoubleToInt64Bits(number) & LostBits) == HalfWay && float.Parse(cell, NumberStyles.Float,
            CultureInfo.InvariantCulture) is var single && (float)number != single)
            number = number < single ? Math.BitIncrement(number) : Math.BitDecrement(number);
        return true;
    }

    /// <summary>Adds the cell of the table's current row.</summary>
    public void Add(CsvTable table, int column)
    {
        var cell = table[column];
        if (MissingWords.Contain(cell))
        {
            AddMissing(table.Here, cell.IsEmpty ? "" : table.Text(column));
        }
        else if (!categorical && TryNumber(cell, out var number))
        {
            if (!float.IsFinite((float)number) && _tooLarge++ == 0)
                _firstTooLarge = (table.Here, table.Text(column));
            if (_numbers++ == 0)
                _firstNumber = (table.Here, table.Text(column));
            if (FirstPoint is null && cell.Contains((byte)'.'))
                FirstPoint = table.Text(column);
            if (_firstCode is null && cell is [(byte)'0', >= (byte)'0' and <= (byte)'9', ..])
                _firstCode = table.Text(column);
            _cells.Add(number);
        }
        else
        {
            AddText(table.Text(column), table.Here);
        }
    }

    /// <summary>Ends the column.</summary>
    /// <param name="separator">The separator of cells in the training file.</param>
    /// <param name="source">The source that the user described.</param>
    /// <param name="problems">Where mistakes are noted.</param>
    /// <returns>The column as inputs or as left out; null after a mistake.</returns>
    public FinishedColumn? Finish(char separator, DataSource source, DataProblems problems)
    {
        if (name.Length > 0 && _numbers + _texts.Count == 0)
        {
            if (categorical && _firstMissing is var (empty, _))
                problems.Add($"{empty.Of(name)}: the column has no value in any row. Take it off the list under categorical.");
            return categorical || _missing == 0 ? null // without a row of the header's width there is nothing to say of columns
                : FinishedColumn.LeftOut("it has no value in any row");
        }
        var usesCommas = !categorical && ReadTextsAsNumbers(separator, source.DecimalMark);
        if (name.Length == 0)
            return Unnamed();
        if (IsPlaceholder(name) && _cells.Count > 1 && Counts() is { } from)
            return FinishedColumn.LeftOut($"its name stands for none, and it counts the rows from {from}");
        if (_firstTooLarge is var (place, value))
        {
            problems.Add($"{place.Of(name)} holds \"{value}\", which is not a finite number of single precision (below "
                + $"3.4e38).{Others(_tooLarge)}");
            return null;
        }
        if (source.Missing == "refuse" && _firstMissing is var (missing, word))
            problems.Add($"{missing.Of(name)} is missing{(word.Length == 0 ? "" : $" (\"{word}\")")}. Fill it in, or set `missing: "
                + $"mean` or `missing: mode`.{Others(_missing)}");
        if (source.LeavesOutDoubtful && Doubt() is { } doubt)
            return FinishedColumn.LeftOut(doubt);
        if (_texts.Count == 0)
            return new FinishedColumn(new InputColumn
            {
                Name = name,
                Origin = ColumnOrigin.Of(CollectionsMarshal.AsSpan(_cells)).Origin(),
                HasDecimalCommas = usesCommas,
            }, _cells)
            { UsesCommas = usesCommas, Question = NumberQuestion() };
        return Flaw() is { } flaw ? Refused(flaw) : Categories();

        FinishedColumn? Refused(string flaw)
        {
            problems.Add(flaw);
            return null;
        }
    }

    private static string Others(int count) => count == 1 ? "" : $" The same goes for {Counted.Of(count - 1, "more row")}.";

    private void AddMissing(CellPlace place, string word)
    {
        if (_missing++ == 0)
            _firstMissing = (place, word);
        _cells.Add(double.NaN);
    }

    private void AddText(string text, CellPlace place)
    {
        if (!_codes.TryGetValue(text, out var code))
        {
            _codes.Add(text, code = _codes.Count);
            _distinct.Add((text, place));
        }
        _texts.Add((_cells.Count, code));
        _cells.Add(double.NaN);
    }

    /// <summary>Makes numbers of texts with decimal commas, and missing values of words such as None among numbers.</summary>
    /// <returns>Whether there were decimal commas.</returns>
    private bool ReadTextsAsNumbers(char separator, string? mark)
    {
        var words = _distinct.Where(static pair => MissingWords.ContainInNumbers(pair.Text)).Select(static pair =>
            pair.Text).ToHashSet(StringComparer.Ordinal);
        var rest = _distinct.Select(static pair => pair.Text).Where(text => !words.Contains(text)).ToList();
        var commas = rest.Count > 0 && FirstPoint is null && DecimalComma.AreNumbers(rest, separator, mark);
        if (_texts.Count == 0 || (rest.Count > 0 && !commas) || (rest.Count == 0 && _numbers == 0))
            return false;
        foreach (var (cell, code) in _texts)
        {
            var (text, first) = _distinct[code];
            if (DecimalComma.TryParse(text, out var number))
            {
                _cells[cell] = number;
                _numbers++;
            }
            else if (_missing++ == 0)
            {
                _firstMissing = (first, text);
            }
        }
        _texts.Clear();
        return commas;
    }

    /// <summary>A column without a name is no input: it counts rows, names them or is empty.</summary>
    private FinishedColumn? Unnamed()
    {
        if (_numbers + _texts.Count == 0)
            return FinishedColumn.LeftOut("it has neither a name nor a value");
        if (_cells.Count > 1 && Counts() is { } first)
            return FinishedColumn.LeftOut($"it has no name and counts the rows from {first}");
        var different = _texts.Count > 0 ? _distinct.Count : _cells.Distinct().Count();
        var isMeasured = _texts.Count == 0 && _cells.Exists(static cell => cell != Math.Floor(cell));
        return _cells.Count > 1 && _missing == 0 && different == _cells.Count && !isMeasured
            ? FinishedColumn.LeftOut("it has no name, and its values are all different, as the names of rows are")
            : null;
    }

    /// <summary>Whether a name is what a program writes where there is none: <c>Unnamed: 0</c> by pandas, <c>...1</c> by readr.</summary>
    private static bool IsPlaceholder(string name) =>
        (name.StartsWith("Unnamed: ", StringComparison.Ordinal) && name.AsSpan(9).ContainsAnyInRange('0', '9'))
            || (name.StartsWith("...", StringComparison.Ordinal) && int.TryParse(name.AsSpan(3), NumberStyles.None,
                CultureInfo.InvariantCulture, out _));

    /// <summary>The first of numbers that count one by one; null when they do not.</summary>
    private string? Counts()
    {
        for (var i = 0; i < _cells.Count; i++)
        {
            if (_cells[i] != _cells[0] + i)
                return null;
        }
        return _cells[0] == Math.Floor(_cells[0]) ? _cells[0].ToString("R", CultureInfo.InvariantCulture) : null;
    }

    /// <summary>Whether numbers look like identifiers, which count rows, or are whole, all different and named so; or like codes.</summary>
    private string? NumberQuestion() => IdentifierQuestion() ?? (_firstCode is null || FirstPoint is not null ? null
        : $"\"{name}\" holds numbers with leading zeros, such as \"{_firstCode}\", as codes have, and is learned as a quantity. If they "
            + $"are codes, list it under categorical: `categorical: [{YamlWord.Of(name)}]`.");

    private string? IdentifierQuestion()
    {
        if (_cells.Count < FewRows || _missing > 0 || _cells.Exists(static cell => cell != Math.Floor(cell)))
            return null;
        if (Counts() is { } first)
            return $"\"{name}\" counts {first}, {_cells[1].ToString("R", CultureInfo.InvariantCulture)}, "
                + $"{_cells[2].ToString("R", CultureInfo.InvariantCulture)}, …: ignore it? It says nothing about new rows; `ignore: "
                + $"[{YamlWord.Of(name)}]` leaves it out.";
        var isWhole = _cells.Max() - _cells.Min() == _cells.Count - 1;
        return (isWhole || LooksLikeIdentifier(name)) && _cells.Distinct().Count() == _cells.Count
            ? $"\"{name}\" is a different whole number in each row, as an identifier is: ignore it? It says nothing about new rows; "
            + $"`ignore: [{YamlWord.Of(name)}]` leaves it out."
            : null;
    }

    /// <summary>
    /// Whether a name ends in the word id or begins with it, in one of the usual spellings, or is a word for identifiers.
    /// </summary>
    private static bool LooksLikeIdentifier(string name)
    {
        string[] words = ["id", "ids", "uid", "uuid", "guid", "key", "index", "idx", "no", "nr", "number", "code", "ticket", "invoice"];
        var parts = string.Concat(name.Select(static (c, i) => char.IsUpper(c) ? " " + char.ToLowerInvariant(c) : char.IsLetter(c)
            ? c.ToString() : " "))
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return parts.Length > 0 && (words.Contains(parts[^1]) || words.Contains(parts[0]) || words.Contains(name.ToLowerInvariant())
            || name.EndsWith("ID", StringComparison.Ordinal));
    }

    private string? Flaw()
    {
        var disguise = categorical ? null : NumbersAsText.Of([.. _distinct.Select(static pair => pair.Text)], FirstPoint);
        var isCrowded = _distinct.Count > FewCategories && _distinct.Count * 3 > _texts.Count;
        if (disguise is not null && (_numbers > 0 || isCrowded || _distinct.Count > FewCategories))
        {
            var first = _distinct.Find(pair => pair.Text == disguise.Example).First;
            return $"{first.Of(name)} holds \"{disguise.Example}\": the column has {disguise.What}, which are texts to this program. "
                + $"{disguise.Remedy}, or list the column under ignore (under categorical to learn each text as a category).";
        }
        if (_numbers > 0)
            return Mixed();
        if (_distinct.Count > MostCategories || (!categorical && isCrowded))
        {
            var otherwise = _distinct.Count > MostCategories
                ? $"; at most {MostCategories} categories are possible"
                : ", or under categorical to learn each text as a category";
            return $"{_distinct[0].First.Of(name)}: the column has {_distinct.Count} different texts in {_texts.Count} rows, as an "
                + $"identifier has; it says little about new rows. "
                + $"List it under ignore{otherwise}.";
        }
        return null;
    }

    /// <summary>Why a column that nobody has said anything about is better left out; null when it is not.</summary>
    private string? Doubt()
    {
        if (_texts.Count == 0)
            return IdentifierQuestion() is null ? null : Counts() is { } first ? $"it counts the rows from {first}" : "it is a different "
                + "whole number in each row";
        if (Flaw() is not { } flaw)
            return null;
        var disguise = NumbersAsText.Of([.. _distinct.Select(static pair => pair.Text)], FirstPoint);
        return disguise is not null ? $"it holds {disguise.What}, such as \"{disguise.Example}\", as texts"
            : _numbers == 0 ? $"it has {_distinct.Count} different texts in {_texts.Count} rows"
            : flaw;
    }

    private FinishedColumn Categories()
    {
        var sorted = _codes.Keys.Order(StringComparer.Ordinal).ToArray();
        var position = new int[sorted.Length];
        for (var i = 0; i < sorted.Length; i++)
            position[_codes[sorted[i]]] = i;
        foreach (var (cell, code) in _texts)
            _cells[cell] = position[code];
        var disguise = categorical ? null : NumbersAsText.Of(sorted);
        return new FinishedColumn(new InputColumn { Name = name, Categories = sorted }, _cells)
        {
            Question = disguise is null ? null : $"\"{name}\" holds {disguise.What}, such as \"{disguise.Example}\", and is learned as "
                + $"{sorted.Length} categories. {disguise.Remedy}, or list it under categorical if that is right.",
        };
    }

    private string Mixed()
    {
        var (text, first) = _distinct[0];
        return _texts.Count <= _numbers
            ? $"{first.Of(name)} holds the text \"{text}\" in a column of numbers. Correct the cell, or list the column under "
            + $"categorical or ignore.{Others(_texts.Count)}"
            : $"{_firstNumber!.Value.Place.Of(name)} holds the number \"{_firstNumber.Value.Value}\" in a column of texts. Correct the "
            + $"cell, or list the column under categorical or ignore.{Others(_numbers)}";
    }
}
