using System.Text.RegularExpressions;

namespace HyperSearch.Training.Data.Reading;

/// <summary>Numbers and dates that a column of texts holds in a form which is read as words: what they are, and what to do.</summary>
/// <param name="What">"amounts of money", for messages.</param>
/// <param name="Example">One of the texts.</param>
/// <param name="Remedy">The remedy, as the beginning of a sentence.</param>
internal sealed partial record NumbersAsText(string What, string Example, string Remedy)
{
    /// <summary>The share of the different texts that must have one form.</summary>
    private const double Most = 0.9;

    /// <summary>The form of most of the texts; null when they are words.</summary>
    /// <param name="texts">The different texts of a column, at least one.</param>
    public static NumbersAsText? Of(IReadOnlyList<string> texts)
    {
        var form = texts.Select(FormOf).GroupBy(static form => form).MaxBy(static group => group.Count())!;
        if (form.Key is null || form.Count() < Most * texts.Count)
            return null;
        var example = texts.First(text => FormOf(text) == form.Key);
        return new NumbersAsText(form.Key, example, form.Key.StartsWith("dates", StringComparison.Ordinal)
            ? "Make numbers of them, such as the year, the weekday or the days since a fixed day"
            : $"Write plain numbers, such as {Plain(example)}");
    }

    private static string? FormOf(string text) =>
        Date().IsMatch(text) ? "dates or times"
        : Percentage().IsMatch(text) ? "percentages"
        : Money().IsMatch(text) ? "amounts of money"
        : Thousands().IsMatch(text) ? "numbers with thousands separators"
        : DecimalCommas().IsMatch(text) ? "numbers with commas"
        : Unit().IsMatch(text) ? "numbers with a unit"
        : null;

    /// <summary>The digits of a text as a number is written: its last point or comma is decimal unless three digits follow it.</summary>
    private static string Plain(string text)
    {
        var kept = string.Concat(text.Where(static c => char.IsAsciiDigit(c) || c is '.' or ',' or '-' or '\''));
        var mark = kept.LastIndexOfAny(['.', ',']);
        var isDecimal = mark >= 0 && (kept.Length - mark - 1 != 3 || kept.AsSpan(0, mark).ContainsAny('.', ',', '\'')
            && kept[mark] != kept[kept.AsSpan(0, mark).IndexOfAny('.', ',', '\'')]);
        string Digits(string part) => string.Concat(part.Where(static c => char.IsAsciiDigit(c) || c == '-'));
        return isDecimal ? $"{Digits(kept[..mark])}.{Digits(kept[(mark + 1)..])}" : Digits(kept);
    }

    [GeneratedRegex(@"^(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})|\d{1,2}[ -.]*\p{L}{3,9}\.?,?[ "
        + @"-]*\d{2,4}|\p{L}{3,9}\.? \d{1,2},? \d{4})([ T]+\d{1,2}:\d{2}.*)?$|^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^[+-]?\d[\d.,' \u00A0\u202F]*[ \u00A0\u202F]?%$")]
    private static partial Regex Percentage();

    [GeneratedRegex(@"^[(+-]{0,2}(\p{Sc}|(USD|EUR|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|BRL|US\$|Rs\.?)\b)[ "
        + @"\u00A0\u202F]?[+-]?\d[\d.,' \u00A0\u202F]*[kKmMbB]?\)?$|^[(+-]?\d[\d.,' \u00A0\u202F]*[kKmMbB]?[ "
        + @"\u00A0\u202F]?(\p{Sc}|USD|EUR|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|BRL|kr\.?|zł)\)?$")]
    private static partial Regex Money();

    [GeneratedRegex(@"^[(+-]?\d{1,3}(([,.'’ \u00A0\u202F])\d{3})(\2\d{3})*([.,]\d+)?\)?$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[+-]?\d*,\d+$")]
    private static partial Regex DecimalCommas();

    [GeneratedRegex(@"^[<>~≈]?[+-]?\d+([.,]\d+)?[ \u00A0]?[\p{L}°µ²³/]{1,6}$|^[<>~≈][ ]?\d+([.,]\d+)?$")]
    private static partial Regex Unit();
}
