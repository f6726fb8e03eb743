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

    private const string Thousand = "numbers with thousands separators";
    private const string OddSign = "numbers with a sign that is no hyphen, such as U+2212 (minus sign)";
    private const string Bracketed = "numbers in brackets, as negative amounts are written";
    private const string Quoted = "numbers behind an apostrophe, as a sheet marks texts";
    private const string OddBlank = "numbers with blanks that cannot be seen, such as U+00A0 (no-break space)";

    private const string OtherDigits = "numbers in other digits than 0 to 9";

    /// <summary>The form of most of the texts; null when they are words.</summary>
    /// <param name="texts">The different texts of a column, at least one.</param>
    /// <param name="withPoint">A number of the same column with a decimal point; null when it has none.</param>
    public static NumbersAsText? Of(IReadOnlyList<string> texts, string? withPoint = null)
    {
        if (OfCommas(texts, withPoint) is { } commas)
            return commas;
        var form = texts.Select(FormOf).GroupBy(static form => form).MaxBy(static group => group.Count())!;
        if (form.Key is null || form.Count() < Most * texts.Count)
            return null;
        var example = texts.First(text => FormOf(text) == form.Key);
        return new NumbersAsText(form.Key, example, form.Key.StartsWith("dates", StringComparison.Ordinal)
            ? "Make numbers of them, such as the year, the weekday or the days since a fixed day"
            : $"Write plain numbers, such as {PlainOf(form.Key, example)}");
    }

    /// <summary>Numbers with one comma each. Three digits after every comma may be thousands or decimals: the sentence then says
    /// both.</summary>
    private static NumbersAsText? OfCommas(IReadOnlyList<string> texts, string? withPoint)
    {
        var commas = texts.Where(static text => DecimalComma.TryParse(text, out _)).ToList();
        if (commas.Count < Most * texts.Count || commas.Count == 0)
            return null;
        var points = withPoint is null ? "" : $" beside numbers with decimal points (\"{withPoint}\")";
        if (commas.Find(static text => !DecimalComma.MayBeThousands(text)) is { } certain)
            return new NumbersAsText($"numbers with decimal commas{points}", certain,
                $"Write a decimal point in each, such as {certain.Replace(',', '.')}");
        var (example, lesser) = (commas[0], commas[0].Replace(',', '.'));
        return withPoint is null
            ? new NumbersAsText(Thousand, example,
                $"Write plain numbers, such as {Plain(example)}, or set `decimal: comma` if they are less than a thousand")
            : new NumbersAsText($"numbers with commas{points}, so that the comma may separate thousands or be a decimal mark", example,
                $"Write plain numbers, such as {Plain(example)} or {lesser}, whichever it is");
    }

    private static string PlainOf(string form, string example) => form switch
    {
        OddSign or OddBlank or Quoted or OtherDigits => Cleaned(example),
        Bracketed => "-" + Cleaned(example),
        _ => Plain(example),
    };

    private static string? FormOf(string text) =>
        Date().IsMatch(text) ? "dates or times"
        : Percentage().IsMatch(text) ? "percentages"
        : Money().IsMatch(text) ? "amounts of money"
        : Thousands().IsMatch(text) ? Thousand
        : HasOtherDigits(text) && (ForeignMinus().IsMatch(text) || Blanks().IsMatch(text)) ? OtherDigits
        : ForeignMinus().IsMatch(text) ? OddSign
        : Brackets().IsMatch(text) ? Bracketed
        : Apostrophe().IsMatch(text) ? Quoted
        : Blanks().IsMatch(text) ? OddBlank
        : Unit().IsMatch(text) ? "numbers with a unit"
        : null;

    /// <summary>The digits of a text as a number is written: its last point or comma is decimal unless three digits follow it.</summary>
    private static string Plain(string text)
    {
        var kept = string.Concat(text.Where(static c => char.IsAsciiDigit(c) || c is '.' or ',' or '-' or '\''));
        var mark = kept.LastIndexOfAny(['.', ',']);
        var isDecimal = mark >= 0 && (kept.Length - mark - 1 != 3 || kept.TrimStart('-').StartsWith('0')
            || kept.AsSpan(0, mark).ContainsAny('.', ',', '\'')
            && kept[mark] != kept[kept.AsSpan(0, mark).IndexOfAny('.', ',', '\'')]);
        string Digits(string part) => string.Concat(part.Where(static c => char.IsAsciiDigit(c) || c == '-'));
        return isDecimal ? $"{Digits(kept[..mark])}.{Digits(kept[(mark + 1)..])}" : Digits(kept);
    }

    private static bool HasOtherDigits(string text) => text.Any(static c => char.IsDigit(c) && !char.IsAsciiDigit(c));

    /// <summary>A number whose only fault is an odd sign, blank or digit, without it.</summary>
    private static string Cleaned(string text) => string.Concat(text.Select(static c => IsMinus(c) ? '-' : c == ',' ? '.'
            : char.IsDigit(c) ? (char)('0' + (int)char.GetNumericValue(c)) : c)
        .Where(static c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-' or '+'));

    /// <summary>Hyphens and dashes of Unicode that programs and people write for a minus.</summary>
    private static bool IsMinus(char c) => c is '\u2212' or '\u2010' or '\u2011' or '\u2012' or '\u2013' or '\uFE63' or '\uFF0D';

    [GeneratedRegex(@"^(\d{4}[-/.]\d{1,2}([-/.]\d{1,2})?|\d{1,2}[-/.]\d{1,2}[-/.](\d{4}|\d{2})|\d{1,2}[ -.]*\p{L}{3,9}\.?,?[ "
        + @"-]*\d{2,4}|\p{L}{3,9}\.? \d{1,2},? \d{4})([ T]+\d{1,2}:\d{2}.*)?$|^\d{1,2}:\d{2}(:\d{2}(\.\d+)?)?( ?[AaPp]\.?[Mm]\.?)?$")]
    private static partial Regex Date();

    [GeneratedRegex(@"^[+-]?\d[\d.,' \u00A0\u202F]*[ \u00A0\u202F]?%$")]
    private static partial Regex Percentage();

    [GeneratedRegex(@"^[(+-]{0,2}(\p{Sc}|\p{L}{1,3}\$|(USD|EUR|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|BRL|US\$|Rs\.?)\b)[ "
        + @"\u00A0\u202F]?[+-]?\d[\d.,' \u00A0\u202F]*[kKmMbB]?\)?$|^[(+-]?\d[\d.,' \u00A0\u202F]*[kKmMbB]?[ "
        + @"\u00A0\u202F]?(\p{Sc}|USD|EUR|GBP|CHF|JPY|CNY|INR|CAD|AUD|SEK|NOK|DKK|PLN|BRL|kr\.?|zł)\)?$")]
    private static partial Regex Money();

    [GeneratedRegex(@"^[(+-]?[1-9]\d{0,2}(([,.'’ \u00A0\u2009\u202F])\d{3})(\2\d{3})*([.,]\d+)?\)?$")]
    private static partial Regex Thousands();

    [GeneratedRegex(@"^[\u2212\u2010-\u2013\uFE63\uFF0D][ \u00A0\u2009\u202F]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?$")]
    private static partial Regex ForeignMinus();

    [GeneratedRegex(@"^\(\d+([.,]\d+)?\)$")]
    private static partial Regex Brackets();

    [GeneratedRegex(@"^['\u2018\u2019][+-]?\d+([.,]\d+)?$")]
    private static partial Regex Apostrophe();

    [GeneratedRegex(@"^[\u00A0\u2007\u2009\u202F\u200B\uFEFF \t]*[+-]?[\u00A0\u2009\u202F]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?"
        + @"[\u00A0\u2007\u2009\u202F\u200B\uFEFF \t]*$")]
    private static partial Regex Blanks();

    [GeneratedRegex(@"^[<>~≈]?[+-]?\d+([.,]\d+)?[ \u00A0]?[\p{L}°µ²³/]{1,6}$|^[<>~≈][ ]?\d+([.,]\d+)?$")]
    private static partial Regex Unit();
}
