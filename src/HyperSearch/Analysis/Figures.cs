using System.Globalization;
using HyperSearch.Spaces;

namespace HyperSearch.Analysis;

/// <summary>Numbers for people, in the invariant culture: three significant digits, shares in percent.</summary>
public static class Figures
{
    /// <summary>A metric's value: <c>1.67 %</c> or <c>2.00 %</c> for a share, else three significant digits.</summary>
    public static string Of(double value, bool share)
    {
        if (!share || !double.IsFinite(value))
            return Brief(value);
        var percent = value * 100;
        if (percent != 0 && Math.Abs(percent) < 1e-3)
            return Brief(percent) + " %";
        var decimals = percent == 0 ? 0 : Math.Clamp(2 - (int)Math.Floor(Math.Log10(Math.Abs(percent))), 0, 4);
        return percent.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) + " %";
    }

    /// <summary>Three significant digits, without an exponent between 0.001 and 1e6.</summary>
    public static string Brief(double value)
    {
        if (value == 0 || !double.IsFinite(value))
            return value.ToString(CultureInfo.InvariantCulture);
        var size = Math.Abs(value);
        if (size is < 1e-3 or >= 1e6)
            return value.ToString("0.##e0", CultureInfo.InvariantCulture);
        var decimals = Math.Clamp(2 - (int)Math.Floor(Math.Log10(size)), 0, 6);
        return Math.Round(value, decimals).ToString("0.######", CultureInfo.InvariantCulture);
    }

    /// <summary>A number as one writes it in a search file: <c>0.05</c>, <c>1e-5</c>, <c>256</c>; six significant digits.</summary>
    public static string Plain(double value)
    {
        var size = Math.Abs(value);
        var rounded = double.Parse(value.ToString("G6", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        return rounded.ToString(size is not 0 and < 1e-3 or >= 1e7 ? "0.#####e0" : "0.##########", CultureInfo.InvariantCulture);
    }

    /// <summary>A parameter's value likewise; words as they are.</summary>
    public static string Plain(ParameterValue value) => value.IsNumber ? Plain(value.Number) : value.ToString();

    /// <summary>A duration: <c>35 ms</c>, <c>0.4 s</c>, <c>12 s</c>, <c>3 min 20 s</c>, <c>2 h 5 min</c>.</summary>
    public static string Duration(double seconds) => seconds switch
    {
        < 0.1 => $"{Math.Round(seconds * 1000, 1).ToString(CultureInfo.InvariantCulture)} ms",
        < 10 => $"{Math.Round(seconds, 1).ToString(CultureInfo.InvariantCulture)} s",
        < 120 => $"{Math.Round(seconds).ToString(CultureInfo.InvariantCulture)} s",
        < 7200 => $"{(int)(seconds / 60)} min {(int)(seconds % 60)} s",
        _ => $"{(int)(seconds / 3600)} h {(int)(seconds % 3600 / 60)} min",
    };

    /// <summary>A name for a heading: <c>dev_error</c> becomes <c>dev error</c>.</summary>
    public static string Words(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Replace('_', ' ');
    }
}
