namespace HyperSearch.Spaces;

/// <summary>The positions k/2ᵇ, k = 0 … 2ᵇ, on which a continuous scale works, so that neighbouring values differ by more than rounding
/// errors and a value finds its position again.</summary>
/// <remarks>b is at most 45, and less where the range is so narrow that 2⁴⁵ values would lie closer than 16 units in the last
/// place.</remarks>
internal readonly record struct Quanta
{
    private readonly double _count;

    /// <summary>Positions that keep neighbouring values <c>16·resolution</c> apart where the range is steepest in the last place.</summary>
    /// <param name="span">The length of the range, in the same terms as <paramref name="resolution"/>.</param>
    /// <param name="resolution">The distance between neighbouring floating-point numbers, in the terms of <paramref name="span"/>.</param>
    public Quanta(double span, double resolution) => _count = Math.ScaleB(1, Math.Clamp(Math.ILogB(span / (16 * resolution)), 0, 45));

    /// <summary>The nearest such position.</summary>
    public double Round(double u) => Math.Round(u * _count) / _count;

    /// <summary>The position whose value is <paramref name="value"/>, looked for from an estimate outwards; the estimate's own where no
    /// position has that value.</summary>
    public double Invert(double estimate, double value, Func<double, double> at)
    {
        var start = Math.Clamp(Math.Round(estimate * _count), 0, _count);
        for (var k = 0; k <= 64; k++)
        {
            if (start + k <= _count && at((start + k) / _count) == value)
                return (start + k) / _count;
            if (start - k >= 0 && at((start - k) / _count) == value)
                return (start - k) / _count;
        }

        return start / _count;
    }
}
