namespace HyperSearch.Cli.Output;

/// <summary>An aligned table of plain text that fits a width: long headers break at underscores and blanks first, then the
/// least wanted columns are left out.</summary>
internal sealed class TextTable
{
    private const string Gap = "  ";
    private readonly List<TableColumn> _columns = [];
    private readonly List<(string[] Cells, string Style)> _rows = [];

    /// <summary>Adds a column.</summary>
    /// <param name="header">Its name; it breaks into lines at underscores and blanks where the cells are narrower.</param>
    /// <param name="right">Whether it is aligned to the right, as numbers are.</param>
    /// <param name="keep">How long it stays when the table is too wide: higher goes first, 0 never.</param>
    public TextTable Column(string header, bool right = true, int keep = 0)
    {
        _columns.Add(new TableColumn(OnOneLine(header), right, keep));
        return this;
    }

    /// <summary>Adds a row with one cell per column.</summary>
    public TextTable Row(IEnumerable<string> cells, string style = "")
    {
        string[] row = [.. cells.Select(OnOneLine)];
        if (row.Length != _columns.Count)
            throw new ArgumentException($"A row has one cell per column: {_columns.Count}, not {row.Length}.", nameof(cells));
        _rows.Add((row, style));
        return this;
    }

    /// <summary>A name from a file may hold line breaks, which would tear the table.</summary>
    private static string OnOneLine(string text) => Terminal.Printable(text).ReplaceLineEndings("\u21b5");

    /// <summary>The headers of the columns that do not fit.</summary>
    public IReadOnlyList<string> LeftOut(int width)
    {
        var shown = Shown(width).ToHashSet();
        return [.. _columns.Where((_, index) => !shown.Contains(index)).Select(column => column.Header)];
    }

    /// <summary>The lines of the table, each with the style it is printed in.</summary>
    public IEnumerable<(string Text, string Style)> Render(int width)
    {
        var shown = Shown(width);
        var fits = shown.Sum(index => Natural(index) + Gap.Length) - Gap.Length <= width;
        var headers = shown.Select(index => fits ? [_columns[index].Header] : Broken(index)).ToArray();
        var widths = shown.Select((index, i) => Math.Max(headers[i].Max(StyledText.Columns), Content(index))).ToArray();
        var lines = headers.Max(header => header.Length);
        for (var line = 0; line < lines; line++)
            yield return (Join(i => line - (lines - headers[i].Length) is >= 0 and var part ? headers[i][part] : ""), "bold");
        foreach (var (cells, style) in _rows)
            yield return (Join(i => cells[shown[i]]), style);

        string Join(Func<int, string> cell) => string.Join(Gap, shown.Select((index, i) =>
        {
            var text = cell(i);
            var padding = new string(' ', Math.Max(0, widths[i] - StyledText.Columns(text)));
            return _columns[index].Right ? padding + text : text + padding;
        })).TrimEnd();
    }

    private List<int> Shown(int width)
    {
        var narrow = Enumerable.Range(0, _columns.Count).Select(Narrow).ToArray();
        var total = narrow.Sum(cells => cells + Gap.Length) - Gap.Length;
        var leftOut = new HashSet<int>();
        foreach (var victim in Enumerable.Range(0, _columns.Count).Where(index => _columns[index].Keep > 0)
            .OrderByDescending(index => _columns[index].Keep).ThenByDescending(index => index))
        {
            if (total <= width)
                break;
            leftOut.Add(victim);
            total -= narrow[victim] + Gap.Length;
        }

        return [.. Enumerable.Range(0, _columns.Count).Where(index => !leftOut.Contains(index))];
    }

    private int Natural(int column) => Math.Max(StyledText.Columns(_columns[column].Header), Content(column));

    private int Narrow(int column) => Math.Max(Broken(column).Max(StyledText.Columns), Content(column));

    private int Content(int column) => _rows.Count == 0 ? 0 : _rows.Max(row => StyledText.Columns(row.Cells[column]));

    /// <summary>The header's words, gathered into as few lines as the cells' width allows.</summary>
    private string[] Broken(int column)
    {
        var words = Words(_columns[column].Header);
        var room = Math.Max(Content(column), words.Max(word => StyledText.Columns(word.TrimEnd())));
        var lines = new List<string>();
        foreach (var word in words)
        {
            if (lines.Count > 0 && StyledText.Columns(lines[^1]) + StyledText.Columns(word.TrimEnd()) <= room)
                lines[^1] += word;
            else
                lines.Add(word);
        }

        return [.. lines.Select(line => line.TrimEnd())];
    }

    /// <summary>The words of a header, each with the underscore or blank behind it.</summary>
    private static List<string> Words(string header)
    {
        var words = new List<string>();
        var rest = header.AsSpan();
        while (rest.IndexOfAny('_', ' ') is >= 0 and var mark && mark < rest.Length - 1)
        {
            words.Add(rest[..(mark + 1)].ToString());
            rest = rest[(mark + 1)..];
        }

        words.Add(rest.ToString());
        return words;
    }

    private sealed record TableColumn(string Header, bool Right, int Keep);
}
