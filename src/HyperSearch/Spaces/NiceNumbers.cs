using System.Collections.Immutable;
using System.Globalization;

namespace HyperSearch.Spaces;

/// <summary>Round values, for the ticks of an axis and for the ends of a widened range.</summary>
internal static class NiceNumbers
{
    private static readonly double[] Steps = [1, 2, 5, 10];

    private static readonly double[][] Factors =
        [[1, 1.2, 1.4, 1.6, 1.8, 2, 2.5, 3, 4, 5, 6, 8], [1, 1.5, 2, 3, 4, 5, 6, 8], [1, 2, 3, 4, 5, 6, 8], [1, 2, 3, 5, 7], [1, 2, 5],
            [1, 3]];

    private const string Superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹";

    /// <summary>Multiples of 1, 2 or 5 times a power of ten within a range, at most about <paramref name="most"/>.</summary>
    public static ImmutableArray<double> Linear(double low, double high, int most, bool whole = false)
    {
        if (!(high > low))
            return [low];
        var rough = (high - low) / Math.Max(1, most - 1);
        var unit = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        var step = unit * Steps.First(factor => factor * unit >= rough * 0.999);
        if (whole)
            step = Math.Max(1, Math.Ceiling(step));
        var first = Math.Ceiling(low / step - 1e-9);
        var last = Math.Floor(high / step + 1e-9);
        return [.. Enumerable.Range(0, (int)Math.Min(1000, last - first + 1)).Select(i => Clean((first + i) * step))];
    }

    /// <summary>Powers of ten within a range; with fewer than four of them also multiples in between, with many every second or
    /// third.</summary>
    public static (ImmutableArray<double> Major, ImmutableArray<double> Minor) Log(double low, double high, int most)
    {
        var first = (int)Math.Ceiling(Math.Log10(low) - 1e-9);
        var last = (int)Math.Floor(Math.Log10(high) + 1e-9);
        var decades = last - first + 1;
        var minor = Enumerable.Range(first - 1, Math.Max(1, last - first + 2))
            .SelectMany(e => Enumerable.Range(1, 9).Select(m => m * Math.Pow(10, e)))
            .Where(Inside).Select(Clean).ToImmutableArray();
        if (decades >= 4 || decades * 2 > most + 1)
        {
            var stride = (int)Math.Ceiling(decades / (double)Math.Max(2, most));
            return ([.. Enumerable.Range(first, decades).Where(e => (e - last) % stride == 0).Select(e => Clean(Math.Pow(10, e)))], minor);
        }

        foreach (var factors in Factors)
        {
            var ticks = Enumerable.Range(first - 1, last - first + 3).SelectMany(e => factors.Select(m => Clean(m * Math.Pow(10, e))))
                .Where(Inside).ToImmutableArray();
            if (ticks.Length <= most && ticks.Length >= 2)
                return (ticks, minor);
        }

        return decades >= 2
            ? ([.. Enumerable.Range(first, decades).Select(e => Clean(Math.Pow(10, e)))], minor)
            : (Linear(low, high, most), minor);

        bool Inside(double x) => x >= low * (1 - 1e-9) && x <= high * (1 + 1e-9);
    }

    /// <summary>The value as a tick says it: plain, or for a wide log axis as a power of ten.</summary>
    public static string Label(double value, bool asPower)
    {
        if (!asPower)
            return value.ToString("0.##########", CultureInfo.InvariantCulture);
        var exponent = (int)Math.Floor(Math.Log10(value) + 1e-9);
        var factor = Math.Round(value / Math.Pow(10, exponent));
        var power = "10"
            + string.Concat(exponent.ToString(CultureInfo.InvariantCulture).Select(c => c == '-' ? '⁻' : Superscripts[c - '0']));
        return factor == 1 ? power : factor.ToString(CultureInfo.InvariantCulture) + "·" + power;
    }

    /// <summary>A positive value with one significant digit where that changes it by less than 5 %, else with two.</summary>
    public static double Leading(double value)
    {
        var unit = Math.Pow(10, Math.Floor(Math.Log10(value)));
        var one = Math.Round(value / unit);
        return Digits(Math.Abs(one * unit / value - 1) < 0.05 ? one * unit : value, 2);
    }

    /// <summary>A value with some significant digits.</summary>
    public static double Digits(double value, int digits) =>
        double.Parse(value.ToString("G" + digits.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            CultureInfo.InvariantCulture);

    private static double Clean(double value) => Digits(value, 12);
}
