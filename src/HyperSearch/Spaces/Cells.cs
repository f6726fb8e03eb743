using System.Globalization;
namespace HyperSearch.Spaces;

/// <summary>The unit interval cut into equal cells, one a value; the last cell contains 1.</summary>
internal static class Cells
{
    /// <summary>The most values a discrete scale can have: beyond it a cell would be too narrow for its centre to be told from its
    /// neighbour's.</summary>
    public const long Most = 1L << 45;

    /// <summary>The cell of a position.</summary>
    public static long Of(double u, long count) => Math.Min((long)(Scale.InUnit(u) * count), count - 1);

    /// <summary>The centre of a cell.</summary>
    public static double Centre(long cell, long count) => (cell + 0.5) / count;

    /// <summary>The centre of the cell of a position.</summary>
    public static double Settle(double u, long count) => Centre(Of(u, count), count);

    /// <summary>low + cell·step in decimal digits where they have them, so that 3·0.1 gives 0.3.</summary>
    public static double Multiple(double low, double step, long cell)
    {
        const double Largest = 1e15, Smallest = 1e-13;
        var decimals = Math.Abs(low) < Largest && step is > Smallest and < Largest && step * cell < Largest
            && (low == 0 || Math.Abs(low) > Smallest);
        return decimals ? (double)((decimal)low + (decimal)step * cell) : low + step * cell;
    }

    /// <summary>How many multiples of <paramref name="step"/> lie from <paramref name="low"/> to <paramref name="high"/>, both
    /// included.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive, or does not lead from one end to the other.</exception>
    public static long Steps(double low, double high, double step)
    {
        if (!(step > 0) || !double.IsFinite(step))
            throw new ArgumentOutOfRangeException(nameof(step), step, "A step is positive and finite.");
        var steps = Math.Round((high - low) / step);
        if (steps < 1 || Math.Abs(low + steps * step - high) > 1e-9 * (high - low))
        {
            var whole = Math.Max(1, Math.Floor((high - low) / step));
            throw new ArgumentOutOfRangeException(nameof(step), step, string.Create(CultureInfo.InvariantCulture,
                $"Steps from {low} must land on {high}, so that the end can be reached. The nearest ends are " +
                $"{Multiple(low, step, (long)whole)} and {Multiple(low, step, (long)whole + 1)}."));
        }

        return steps + 1 <= Most ? (long)steps + 1
            : throw new ArgumentOutOfRangeException(nameof(step), step, "The range has too many steps: at most "
                + "2^45 values, some 3.5e13, can be told apart. Narrow it, or use a larger step.");
    }
}
