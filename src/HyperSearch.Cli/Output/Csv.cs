using System.Globalization;

namespace HyperSearch.Cli.Output;

/// <summary>Comma-separated rows as RFC 4180 has them, but with a line feed alone after each.</summary>
internal static class Csv
{
    /// <summary>Writes a row; a cell is quoted where it needs to be.</summary>
    /// <param name="output">The writer.</param>
    /// <param name="cells">The cells.</param>
    /// <param name="raw">Whether cells are written as they are, although a spreadsheet would run them as formulas or a terminal obey
    /// them.</param>
    public static void WriteRow(TextWriter output, IEnumerable<string> cells, bool raw) =>
        output.Write(string.Join(',', cells.Select(cell => Quoted(raw ? cell : Guarded(cell)))) + "\n");

    /// <summary>Whether a spreadsheet would run a cell as a formula: it begins with a sign and is neither a number nor signs
    /// alone.</summary>
    public static bool IsFormula(string cell) => cell.AsSpan().TrimStart() is ['=' or '+' or '@' or '-', ..]
        && cell.AsSpan().ContainsAnyExcept("=+-@ ") && !double.TryParse(cell, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>A cell that no spreadsheet takes for a formula: an apostrophe stands before it.</summary>
    private static string Guarded(string cell)
    {
        var shown = Terminal.Printable(cell);
        return IsFormula(shown) ? "'" + shown : shown;
    }

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") || cell != cell.Trim()
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
