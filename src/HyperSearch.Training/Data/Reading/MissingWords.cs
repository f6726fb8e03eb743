using System.Text;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Words that stand for a missing value.</summary>
/// <remarks>
/// An empty cell, ?, NA, N/A, NaN, NULL in any case, and what pandas, R and Excel write beside them: &lt;NA&gt;, #N/A, #NA, #DIV/0! and the
/// other errors
/// of a sheet, the NaN of C runtimes. Source: pandas, <see
/// href="https://pandas.pydata.org/docs/reference/api/pandas.read_csv.html">read_csv</see>, na_values.
/// None, a point, dashes, an asterisk, words such as unknown and what databases write are missing among numbers only: among texts they
/// are a category, as in "type of garage: None".
/// </remarks>
internal static class MissingWords
{
    private static readonly HashSet<string> Rare = new(StringComparer.OrdinalIgnoreCase)
    {
        "#N/A", "#N/A N/A", "#NA", "<NA>", "-NaN", "1.#IND", "-1.#IND", "1.#QNAN", "-1.#QNAN", "#NULL!", "#DIV/0!", "#VALUE!",
            "#REF!", "#NAME?", "#NUM!",
    };

    private static readonly HashSet<string> InNumbers = new(StringComparer.Ordinal) { "None", "none", "NONE", ".", "-", "--", "—",
        "–", "n.a.", "N.A.", "*", "NaT", "(null)", "\\N", "nil", "missing", "Missing", "MISSING", "unknown", "Unknown", "UNKNOWN" };

    /// <summary>Whether a cell is missing whatever its column holds.</summary>
    public static bool Contain(ReadOnlySpan<byte> cell) => cell.Length switch
    {
        0 => true,
        1 => cell[0] == '?',
        2 => Ascii.EqualsIgnoreCase(cell, "NA"u8),
        3 => Ascii.EqualsIgnoreCase(cell, "N/A"u8) || Ascii.EqualsIgnoreCase(cell, "NAN"u8) || IsRare(cell),
        4 when Ascii.EqualsIgnoreCase(cell, "NULL"u8) => true,
        <= 9 => IsRare(cell),
        _ => false,
    };

    /// <summary>Whether a text among numbers stands for a missing one.</summary>
    public static bool ContainInNumbers(string text) => InNumbers.Contains(text);

    private static bool IsRare(ReadOnlySpan<byte> cell) => cell[0] is (byte)'#' or (byte)'<' or (byte)'-' or (byte)'1'
        && Rare.Contains(Encoding.UTF8.GetString(cell));
}
