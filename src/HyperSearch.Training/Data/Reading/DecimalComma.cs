using System.Globalization;
using System.Text.RegularExpressions;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Numbers with a decimal comma, as much of the world writes them.</summary>
/// <remarks>
/// A comma with three digits after it, 1,764, may also separate thousands. It is a decimal comma where semicolons separate the cells, which
/// is why
/// programs write semicolons; elsewhere another cell of the column, such as 0,4, has to show it, or <c>decimal: comma</c> says so.
/// </remarks>
internal static partial class DecimalComma
{
    /// <summary>Reads a number with a decimal comma.</summary>
    public static bool TryParse(string text, out double number)
    {
        number = 0;
        return Pattern().IsMatch(text) && double.TryParse(text.Replace(',', '.'), NumberStyles.Float, CultureInfo.InvariantCulture,
            out number);
    }

    /// <summary>Whether texts are numbers with decimal commas, all of them.</summary>
    /// <param name="texts">At least one text.</param>
    /// <param name="separator">The separator of cells in their file.</param>
    /// <param name="mark">comma, point, or null when the user did not say.</param>
    public static bool AreNumbers(IEnumerable<string> texts, char separator, string? mark)
    {
        if (mark == "point")
            return false;
        var isCertain = mark == "comma" || separator == ';';
        foreach (var text in texts)
        {
            if (!Pattern().IsMatch(text))
                return false;
            isCertain |= !Ambiguous().IsMatch(text);
        }
        return isCertain;
    }

    /// <summary>Whether the comma of a number with one comma may also separate thousands.</summary>
    public static bool MayBeThousands(string text) => Ambiguous().IsMatch(text);

    [GeneratedRegex(@"^[+-]?\d*,\d+([eE][+-]?\d+)?$")]
    private static partial Regex Pattern();

    [GeneratedRegex(@"^[+-]?[1-9]\d{0,2},\d{3}$")]
    private static partial Regex Ambiguous();
}
