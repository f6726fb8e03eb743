using System.Globalization;

namespace HyperSearch.Spaces;

/// <summary>Writes numbers as search files and programs in any language read them, whatever the machine's locale.</summary>
internal static class NumberText
{
    /// <summary>The shortest digits that read back exactly; without a fraction or an exponent for integers up to 2⁵³; exponents as <c>e-7</c>, <c>e20</c> where .NET writes <c>E-07</c>.</summary>
    public static string Of(double number)
    {
        if (number == Math.Truncate(number) && Math.Abs(number) <= 1L << 53)
            return ((long)number).ToString(CultureInfo.InvariantCulture);
        var text = number.ToString("R", CultureInfo.InvariantCulture);
        var e = text.IndexOf('E', StringComparison.Ordinal);
        return e < 0 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, e)}e{int.Parse(text.AsSpan(e + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)}");
    }
}
