using System.Globalization;
using HyperSearch.Numerics;

namespace HyperSearch.Spaces;

/// <summary>Evenly spaced values drawn with the log law: the cell of x is [x − step/2, x + step/2] on the log scale.</summary>
internal readonly record struct LogCells
{
    private readonly double _low, _step, _bottom, _span;
    private readonly long _count;

    /// <summary>Cells for low, low + step, … (<paramref name="count"/> values).</summary>
    public LogCells(double low, double step, long count)
    {
        if (!(low > step / 2))
        {
            throw new ArgumentOutOfRangeException(nameof(step), step, string.Create(CultureInfo.InvariantCulture,
                $"A step on a log scale is less than 2·low, here {2 * low}, because the cell of low reaches half a step below it and " +
                $"log(0) is not finite. Use a smaller step, or factor."));
        }

        (_low, _step, _count) = (low, step, count);
        _bottom = PortableMath.Log(low - step / 2);
        _span = PortableMath.Log(low + (count - 0.5) * step) - _bottom;
    }

    /// <summary>The number of the value at a position.</summary>
    public long Of(double u) =>
        Math.Clamp((long)Math.Round((PortableMath.Exp(_bottom + Scale.InUnit(u) * _span) - _low) / _step), 0, _count - 1);

    /// <summary>The centre, on the log scale, of the cell of a value.</summary>
    public double Centre(long cell)
    {
        var x = _low + cell * _step;
        return Math.Clamp((0.5 * (PortableMath.Log(x - _step / 2) + PortableMath.Log(x + _step / 2)) - _bottom) / _span, 0, 1);
    }
}
