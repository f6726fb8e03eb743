using System.Globalization;

namespace HyperSearch.Training.Data.Reading;

/// <summary>
/// Where the numbers of a column start when single precision cannot tell them apart: they are learned as their distance from there.
/// </summary>
/// <remarks>
/// A time stamp of 1.7e9 keeps only its hundreds in single precision. A column has an origin when single precision would move one of its
/// values by more than
/// 1/4096 of the distance between its least and its greatest value; ordinary columns have none, and their bits are those that the file
/// says. The origin is the
/// greatest multiple of the power of ten at or above that distance that is not above the least value, so that 1700000821 is 821 from
/// 1700000000.
/// </remarks>
internal static class ColumnOrigin
{
    private const double MostMoved = 1.0 / 4096;

    /// <summary>The least and the greatest of some numbers, and how far single precision moves one at most.</summary>
    public readonly record struct Bounds(double Least, double Greatest, double Moved)
    {
        /// <summary>Bounds of no numbers.</summary>
        public static Bounds None => new(double.PositiveInfinity, double.NegativeInfinity, 0);

        /// <summary>The bounds with one number more; a missing one (NaN) changes nothing.</summary>
        public Bounds With(double value) => double.IsNaN(value) ? this : new(Math.Min(Least, value), Math.Max(Greatest, value),
            Math.Max(Moved, Math.Abs(value - (float)value)));

        /// <summary>The origin that the numbers need; null when single precision holds them well.</summary>
        public double? Origin()
        {
            var reach = Greatest - Least;
            if (!(reach > 0) || !double.IsFinite(reach) || Moved <= reach * MostMoved)
                return null;
            var exponent = (int)Math.Ceiling(Math.Log10(reach));
            var origin = exponent >= 0
                ? Math.Floor(Least / Power(exponent)) * Power(exponent)
                : Math.Floor(Least * Power(-exponent)) / Power(-exponent);
            return double.IsFinite(origin) ? origin : Least;
        }
    }

    /// <summary>The bounds of a column.</summary>
    public static Bounds Of(ReadOnlySpan<double> values)
    {
        double least = double.PositiveInfinity, greatest = double.NegativeInfinity, moved = 0;
        foreach (var value in values)
        {
            if (double.IsNaN(value))
                continue;
            least = Math.Min(least, value);
            greatest = Math.Max(greatest, value);
            moved = Math.Max(moved, Math.Abs(value - (float)value));
        }
        return new Bounds(least, greatest, moved);
    }

    /// <summary>A power of ten as the nearest number to it.</summary>
    private static double Power(int exponent) => double.Parse("1e" + exponent.ToString(CultureInfo.InvariantCulture),
        CultureInfo.InvariantCulture);
}
