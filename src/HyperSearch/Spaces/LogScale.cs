using System.Globalization;
using HyperSearch.Numerics;

namespace HyperSearch.Spaces;

/// <summary>Numbers from <see cref="Low"/> to <see cref="High"/>, every decade equally likely: 10^r with r uniform (<c>log</c>).</summary>
/// <remarks>
/// At position u the value x solves log x = (1 − u)·log Low + u·log High. With a <see cref="Step"/> the values are Low, Low + Step, … and
/// the cell of x is
/// [x − Step/2, x + Step/2] on the log scale; with a <see cref="Factor"/> they are Low, Low·Factor, … and have equal cells.
/// Bergstra and Bengio, <see href="https://jmlr.org/papers/v13/bergstra12a.html">Random Search for Hyper-Parameter Optimization</see>, JMLR
/// 13 (2012).
/// </remarks>
/// <example>
/// <code>
/// var rate = new Parameter("learning_rate", new LogScale(1e-4, 1));
/// </code>
/// </example>
public sealed record LogScale : Scale
{
    internal static readonly ScaleNotation Notation = new("log",
        "10^r with r uniform: every decade equally likely. Right for learning rates and decay.", ScaleForm.Range, written =>
        new LogScale(written.Low, written.High) { Step = written["step"], Factor = written["factor"] })
    {
        Ends = new ScaleNumber
        {
            Above = 0,
            Why = "A log range cannot reach 0, as log(0) is not finite. For values that can reach zero use uniform."
        },
        Options = [ScaleOption.Step, ScaleOption.Factor],
    };

    private readonly double? _step, _factor;
    private readonly long? _count;
    private readonly Quanta _quanta;
    private readonly LogCells _cells;

    /// <summary>Makes a log scale.</summary>
    /// <param name="low">The least value; positive.</param>
    /// <param name="high">The greatest value, included.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, low &lt;= 0, or low &gt;= high.</exception>
    public LogScale(double low, double high)
    {
        if (!(low > 0))
            throw new ArgumentOutOfRangeException(nameof(low), low,
                "A log range needs low > 0, because log(0) is not finite. For values that can reach zero use uniform.");
        CheckRange(low, high, "log");
        (Low, High) = (low, high);
        _quanta = new Quanta(PortableMath.Log(high) - PortableMath.Log(low), Math.ScaleB(1, -52));
    }

    /// <summary>The least value.</summary>
    public double Low { get; }

    /// <summary>The greatest value, included.</summary>
    public double High { get; }

    /// <summary>The distance from one value to the next; <c>null</c> (the default) for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive, does not lead from low to high, or is at least twice
    /// low.</exception>
    public double? Step
    {
        get => _step;
        init
        {
            _step = value;
            if (value is not { } step)
                return;
            if (_factor is not null)
                throw StepAndFactor();
            var count = Cells.Steps(Low, High, step);
            (_count, _cells) = (count, new LogCells(Low, step, count));
        }
    }

    /// <summary>The ratio of one value to the one before; <c>null</c> (the default) for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above 1, or does not lead from low to high.</exception>
    public double? Factor
    {
        get => _factor;
        init
        {
            _factor = value;
            if (value is not { } factor)
                return;
            if (_step is not null)
                throw StepAndFactor();
            _count = GeometricSteps(Low, High, factor);
        }
    }

    /// <inheritdoc/>
    public override long? Count => _count;

    /// <inheritdoc/>
    public override ParameterValue At(double u)
    {
        if (Count is not { } count)
            return Continuous(_quanta.Round(InUnit(u)));
        return _step is null ? Power(Cells.Of(u, count), count) : Multiple(_cells.Of(u), count);
    }

    /// <inheritdoc/>
    public override double PositionOf(ParameterValue value)
    {
        if (!Contains(value))
            throw Outside(value);
        if (Count is { } count)
            return _step is { } step
                ? _cells.Centre((long)Math.Round((value.Number - Low) / step))
                : Cells.Centre(Exponent(value.Number), count);
        var low = PortableMath.Log(Low);
        return _quanta.Invert((PortableMath.Log(value.Number) - low) / (PortableMath.Log(High) - low), value.Number, Continuous);
    }

    /// <inheritdoc/>
    internal override double Settle(double u) =>
        Count is not { } count ? _quanta.Round(InUnit(u)) : _step is null ? Cells.Settle(u, count) : _cells.Centre(_cells.Of(u));

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value)
    {
        if (!value.IsNumber || !(value.Number >= Low && value.Number <= High))
            return false;
        if (Count is not { } count)
            return true;
        return Near(value.Number, _step is { } step ? Multiple((long)Math.Round((value.Number - Low) / step), count)
            : Power(Exponent(value.Number), count));
    }

    /// <inheritdoc/>
    public override string Describe() => Range("log", Low, High,
        _step is { } step
            ? FormattableString.Invariant($" step {step}")
            : _factor is { } factor ? FormattableString.Invariant($" factor {factor}") : null);

    /// <inheritdoc/>
    public override string Spread => "log scale";

    /// <inheritdoc/>
    public override ScaleTicks Ticks(int most) => ScaleTicks.Log(Low, High, most);

    /// <inheritdoc/>
    /// <remarks>By half the range on the log scale, at least a decade, to a round number or a whole number of steps or factors.</remarks>
    public override Scale? Widened(bool high)
    {
        var ratio = Math.Max(10, Math.Sqrt(High / Low));
        if (_factor is { } factor)
            ratio = Math.Pow(factor, Math.Ceiling(Math.Log(ratio) / Math.Log(factor) - 1e-9));
        var end = high ? High * ratio : Low / ratio;
        if (!double.IsFinite(end) || end == 0)
            return null;
        end = _step is { } step ? Cells.Multiple(Low, step, high ? (long)Math.Ceiling((end - Low) / step) : -StepsDown(end, step))
            : _factor is null ? NiceNumbers.Leading(end) : NiceNumbers.Digits(end, 12);
        if (!(high ? end > High : end < Low)
            || (_step is { } distance && Math.Max(High, end) - Math.Min(Low, end) >= distance * (Cells.Most - 1)))
            return null;
        return new LogScale(high ? Low : end, high ? end : High) { Step = _step, Factor = _factor };
    }

    /// <inheritdoc/>
    internal override (ScaleNotation Notation, WrittenScale Written)? Written =>
        (Notation, WrittenScale.Range(Low, High).With("step", _step).With("factor", _factor));

    /// <summary>How many steps lead from the lower end down towards a value, while half a step is left below.</summary>
    private long StepsDown(double towards, double step) =>
        Math.Max(0, (long)Math.Min(Math.Floor((Low - towards) / step), Math.Ceiling(Low / step - 0.5) - 1));

    internal static ArgumentException StepAndFactor() =>
        new("A scale has a step or a factor, not both: a step adds, a factor multiplies.");

    /// <summary>How many values low, low·factor, … there are up to high.</summary>
    internal static long GeometricSteps(double low, double high, double factor)
    {
        if (!(factor > 1) || !double.IsFinite(factor))
            throw new ArgumentOutOfRangeException(nameof(factor), factor, "A factor is greater than 1 and finite.");
        var steps = Math.Round(PortableMath.Log(high / low) / PortableMath.Log(factor));
        if (steps < 1 || !Near(low * PortableMath.Pow(factor, steps), high))
        {
            var whole = Math.Max(1, Math.Floor(PortableMath.Log(high / low) / PortableMath.Log(factor)));
            throw new ArgumentOutOfRangeException(nameof(factor), factor, string.Create(CultureInfo.InvariantCulture,
                $"Multiplying {low} by {factor} again and again must land on {high}, so that the end can be reached. " +
                $"The nearest ends are {low * PortableMath.Pow(factor, whole)} and {low * PortableMath.Pow(factor, whole + 1)}."));
        }

        return (long)steps + 1;
    }

    private double Continuous(double u)
    {
        if (u is 0 or 1)
            return u == 0 ? Low : High;
        var low = PortableMath.Log(Low);
        return Math.Clamp(PortableMath.Exp(low + u * (PortableMath.Log(High) - low)), Low, High); // Exp(Log(High)) can miss High by one ulp
    }

    private long Exponent(double value) => (long)Math.Round(PortableMath.Log(value / Low) / PortableMath.Log(_factor!.Value));

    private double Power(long cell, long count) => cell == count - 1 ? High : Low * PortableMath.Pow(_factor!.Value, cell);

    private double Multiple(long cell, long count) => cell == count - 1 ? High : Cells.Multiple(Low, _step!.Value, cell);
}
