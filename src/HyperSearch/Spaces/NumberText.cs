using System.Globalization;

namespace HyperSearch.Spaces;

/// <summary>Writes numbers as search files and programs in any language read them, whatever the machine's locale.</summary>
internal static class NumberText
{
    /// <summary>The shortest digits that read back exactly; without a fraction or an exponent for integers up to 2⁵³; exponents as
    /// <c>e-7</c>, <c>e20</c> where .NET writes <c>E-07</c>.</summary>
    public static string Of(double number)
    {
        if (number == Math.Truncate(number) && Math.Abs(number) <= 1L << 53)
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? text : string.Create(CultureInfo.InvariantCulture,
            $"{text.AsSpan(0, e)}e{int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}");
    }

    /// <summary>A number as a person writes it in a search file: the shortest digits that read back exactly, with an exponent below 0.001:
    /// <c>0.05</c>, <c>1e-4</c>, <c>2.5e-4</c>.</summary>
    public static string Written(double number)
    {
        var text = Of(number);
        if (Math.Abs(number) >= 1e-3 || text.IndexOf("0.", StringComparison.Ordinal) is not (>= 0 and var start))
            return text;
        var digits = text[(start + 2)..].TrimStart('0');
        var exponent = digits.Length - (text.Length - start - 2) - 1;
        var fraction = digits.Length > 1 ? "." + digits[1..] : "";
        return string.Create(CultureInfo.InvariantCulture, $"{text[..start]}{digits[0]}{fraction}e{exponent}");
    }

    /// <summary>A number with at most six significant digits, as a tick of an axis has it: <c>0.05</c>, <c>1e-5</c>, <c>256</c>.</summary>
    public static string Rounded(double number)
    {
        var size = Math.Abs(number);
        return NiceNumbers.Digits(number, 6)
            .ToString(size is not 0 and < 1e-3 or >= 1e7 ? "0.#####e0" : "0.##########", CultureInfo.InvariantCulture);
    }

    /// <summary>A parameter's value likewise; words as they are.</summary>
    public static string Rounded(ParameterValue value) => value.IsNumber ? Rounded(value.Number) : value.ToString();
}
