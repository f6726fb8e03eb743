using System.Globalization;
using HyperSearch.Numerics;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>Figures for people, with as many digits as a person can use, in the invariant culture. Documents and search files keep all
/// digits: <see cref="NumberText"/>.</summary>
public static class Figures
{
    /// <summary>A metric's value: <c>1.67 %</c> or <c>2.00 %</c> for a share, else three significant digits.</summary>
    public static string Of(double value, bool share)
    {
        if (value < 0)
            return "−" + Of(-value, share);
        if (!share || !double.IsFinite(value))
            return Brief(value);
        var percent = value * 100;
        if (percent != 0 && percent < 1e-3)
            return Brief(percent) + " %";
        var decimals = percent == 0 ? 0 : Math.Clamp(2 - Exponent(percent), 0, 4);
        return Fixed(percent, decimals) + " %";
    }

    /// <summary>A number with some significant digits: <c>0.0139</c>, <c>1.2e-5</c>, <c>128</c>. Just below 1 the distance to 1 keeps two
    /// digits: <c>0.9987</c>.</summary>
    /// <param name="value">The number; <c>nan</c>, <c>inf</c> and <c>-inf</c> where it is not finite.</param>
    /// <param name="digits">How many. Default 3.</param>
    public static string Brief(double value, int digits = 3)
    {
        if (!double.IsFinite(value))
            return double.IsNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
        if (value == 0)
            return "0";
        if (value == Math.Floor(value) && Math.Abs(value) < 1e7)
            return value.ToString("0", CultureInfo.InvariantCulture);
        var size = Math.Abs(value);
        if (size is < 1 and > 0.9)
            return value.ToString("0." + new string('#', Math.Clamp(1 - Exponent(1 - size), digits, 12)), CultureInfo.InvariantCulture);
        if (size is < 1e-4 or >= 1e7)
            return Scientific(value, digits);
        return value.ToString("0." + new string('#', Math.Clamp(digits - 1 - Exponent(size), 0, 12)), CultureInfo.InvariantCulture);
    }

    /// <summary>A parameter's value likewise; words as they are.</summary>
    public static string Brief(ParameterValue value) => value.IsNumber ? Brief(value.Number) : value.ToString();

    /// <summary>A size on disk: <c>812 bytes</c>, <c>1.23 MB</c>.</summary>
    /// <param name="bytes">The size in bytes; a kB has 1,000.</param>
    public static string Bytes(long bytes) => bytes switch
    {
        < 1_000 => Count((int)bytes, "byte"),
        < 1_000_000 => $"{Brief(bytes / 1e3)} kB",
        < 1_000_000_000 => $"{Brief(bytes / 1e6)} MB",
        _ => $"{Brief(bytes / 1e9)} GB",
    };

    /// <summary>A column of numbers with the same decimals, three significant digits for the smallest, up to two more where that tells
    /// values apart; blank where there is none.</summary>
    public static string[] Column(IEnumerable<double?> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        var column = values.ToArray();
        var sizes = column.Where(value => value is { } known && double.IsFinite(known) && known != 0)
            .Select(value => Math.Abs(value!.Value)).ToArray();
        if (sizes.Length == 0 || sizes.Min() < 1e-6 || sizes.Max() >= 1e7)
            return [.. column.Select(value => value is { } known ? Brief(known, 4) : "")];
        if (sizes.All(size => size == Math.Floor(size)))
            return [.. column.Select(value => value is { } known ? Brief(known) : "")];
        var least = Math.Clamp(2 - Exponent(sizes.Min()), 0, 6);
        var different = column.Distinct().Count();
        var told = Enumerable.Range(least, 3)
            .Select(decimals => column.Select(value => value is { } known ? Fixed(known, decimals) : "").ToArray()).ToArray();
        return told.MaxBy(cells => Math.Min(cells.Distinct().Count(), different))!;
    }

    /// <summary>A span of time: <c>35 ms</c>, <c>0.41 s</c>, <c>2 s</c>, <c>12 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>,
    /// <c>1 d 3 h</c>.</summary>
    /// <param name="seconds">The span, in seconds.</param>
    public static string Duration(double seconds) => seconds switch
    {
        < 0.0995 => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0.#} ms"),
        < 9.95 when seconds != Math.Floor(seconds) => string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0#} s"),
        < 119.5 => string.Create(CultureInfo.InvariantCulture, $"{seconds:0} s"),
        < 3600 => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 60)} min {(int)seconds % 60} s"),
        < 86400 => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 3600)} h {(int)(seconds / 60) % 60} min"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{(int)(seconds / 86400)} d {(int)(seconds / 3600) % 24} h"),
    };

    /// <summary>A count and its noun: <c>1 trial</c>, <c>3 trials</c>.</summary>
    /// <param name="number">The count.</param>
    /// <param name="noun">The noun for one.</param>
    /// <param name="many">The noun for several. Default: <paramref name="noun"/> with an s.</param>
    public static string Count(long number, string noun, string? many = null)
    {
        ArgumentNullException.ThrowIfNull(noun);
        return Counted.Of(number, noun, many);
    }

    /// <summary>A name for a heading: <c>dev_error</c> becomes <c>dev error</c>.</summary>
    public static string Words(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace('_', ' ');
    }

    private static string Fixed(double value, int decimals) =>
        value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);

    private static string Scientific(double value, int digits)
    {
        var text = value.ToString((digits > 1 ? "0." + new string('#', digits - 1) : "0") + "e+0", CultureInfo.InvariantCulture);
        return text.Replace("e+", "e", StringComparison.Ordinal);
    }

    private static int Exponent(double size) => (int)Math.Floor(Math.Log10(size));
}
