namespace HyperSearch.Cli;

/// <summary>Comma-separated rows as RFC 4180 has them, but with a line feed alone after each.</summary>
internal static class Csv
{
    /// <summary>Writes a row; a cell is quoted where it needs to be.</summary>
    public static void WriteRow(TextWriter output, IEnumerable<string> cells) => output.Write(string.Join(',', cells.Select(Quoted)) + "\n");

    private static string Quoted(string cell) => cell.AsSpan().ContainsAny(",\"\r\n") || cell != cell.Trim()
        ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\""
        : cell;
}
