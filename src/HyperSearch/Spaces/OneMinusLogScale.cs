using HyperSearch.Numerics;

namespace HyperSearch.Spaces;

/// <summary>Numbers close to 1, every decade of the distance to 1 equally likely: 1 − 10^r with r uniform (<c>one_minus_log</c>), for
/// instance a momentum between 0.9 and 0.999.</summary>
/// <remarks>At position u the value x solves log(1 − x) = (1 − u)·log(1 − Low) + u·log(1 − High): 0.9 to 0.99 gets as many trials as 0.99
/// to 0.999. Andrew Ng, Deep Learning Specialization, course 2.</remarks>
/// <example>
/// <code>
/// var momentum = new Parameter("momentum", new OneMinusLogScale(0.9, 0.999));
/// </code>
/// </example>
public sealed record OneMinusLogScale : Scale
{
    internal static readonly ScaleNotation Notation = new("one_minus_log",
        "1 - 10^r with r uniform. Right for averages' betas such as momentum, between 0.9 and 0.999.", ScaleForm.Range,
        written => new OneMinusLogScale(written.Low, written.High))
    {
        Ends = new ScaleNumber
        {
            Min = 0,
            Below = 1,
            Why = "one_minus_log searches the distance to 1 on a log scale: take an end such as 0.999."
        },
    };

    private readonly Quanta _quanta;

    /// <summary>Makes a one-minus-log scale.</summary>
    /// <param name="low">The least value; at least 0.</param>
    /// <param name="high">The greatest value, included; below 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">The ends are not 0 &lt;= low &lt; high &lt; 1.</exception>
    public OneMinusLogScale(double low, double high)
    {
        if (!(low >= 0))
            throw new ArgumentOutOfRangeException(nameof(low), low,
                "A one_minus_log range needs low >= 0. For values below zero use uniform.");
        if (!(high < 1))
            throw new ArgumentOutOfRangeException(nameof(high), high,
                "A one_minus_log range needs high < 1, because log(1 - 1) is not finite. Take an end such as 0.9999.");
        CheckRange(low, high, "one_minus_log");
        (Low, High) = (low, high);
        _quanta = new Quanta((1 - high) * (PortableMath.Log(1 - low) - PortableMath.Log(1 - high)), Math.ScaleB(1, -53));
    }

    /// <summary>The least value.</summary>
    public double Low { get; }

    /// <summary>The greatest value, included.</summary>
    public double High { get; }

    /// <inheritdoc/>
    public override long? Count => null;

    /// <inheritdoc/>
    public override ParameterValue At(double u) => Continuous(_quanta.Round(InUnit(u)));

    /// <inheritdoc/>
    public override double PositionOf(ParameterValue value)
    {
        if (!Contains(value))
            throw Outside(value);
        var low = PortableMath.Log(1 - Low);
        return _quanta.Invert((PortableMath.Log(1 - value.Number) - low) / (PortableMath.Log(1 - High) - low), value.Number, Continuous);
    }

    /// <inheritdoc/>
    internal override double Settle(double u) => _quanta.Round(InUnit(u));

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) => value.IsNumber && value.Number >= Low && value.Number <= High;

    /// <inheritdoc/>
    public override string Describe() => Range("one_minus_log", Low, High);

    /// <inheritdoc/>
    public override string Spread => "log scale of 1 − x";

    /// <inheritdoc/>
    public override ScaleTicks Ticks(int most) => ScaleTicks.OneMinusLog(Low, High, most);

    /// <inheritdoc/>
    /// <remarks>To a tenth of the distance to 1 at the upper end, to five times the distance at the lower one, but not below 0.</remarks>
    public override Scale? Widened(bool high)
    {
        // Decimal digits, so that 1 - 0.001 is 0.999.
        var end = high ? Below((1 - High) / 10) : Math.Max(0, Below((1 - Low) * 5));
        return high ? end > High && end < 1 ? new OneMinusLogScale(Low, end) : null : end < Low ? new OneMinusLogScale(end, High) : null;

        static double Below(double distance) => (double)(1m - (decimal)NiceNumbers.Leading(distance));
    }

    /// <inheritdoc/>
    internal override (ScaleNotation Notation, WrittenScale Written)? Written => (Notation, WrittenScale.Range(Low, High));

    private double Continuous(double u)
    {
        if (u is 0 or 1)
            return u == 0 ? Low : High;
        var low = PortableMath.Log(1 - Low);
        return Math.Clamp(1 - PortableMath.Exp(low + u * (PortableMath.Log(1 - High) - low)), Low, High);
    }
}
