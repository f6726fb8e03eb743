namespace HyperSearch.Spaces;

/// <summary>Whole numbers from <see cref="Low"/> to <see cref="High"/>, every decade about equally likely (<c>log_int</c>).</summary>
/// <remarks>
/// The cell of k is [k − ½, k + ½] on the log scale: at position u the value is round(exp((1 − u)·log(Low − ½) + u·log(High + ½))).
/// With a <see cref="Step"/> s the values are Low, Low + s, … with cells [k − s/2, k + s/2]; with a <see cref="Factor"/> they are Low,
/// Low·Factor, … with equal cells.
/// </remarks>
/// <example>
/// <code>
/// var units = new Parameter("units", new LogIntScale(16, 256));
/// </code>
/// </example>
public sealed record LogIntScale : Scale
{
    private const long Greatest = 1_000_000_000_000;

    internal static readonly ScaleNotation Notation = new("log_int",
        "Whole numbers, every decade about equally likely. Right for numbers of units.", ScaleForm.Range, written =>
        new LogIntScale((long)written.Low, (long)written.High) { Step = (long?)written["step"] ?? 1, Factor = (long?)written["factor"] })
    {
        Ends = new ScaleNumber
        {
            Whole = true,
            Min = 1,
            Why = "A logarithmic range of whole numbers starts at 1. For values that can reach zero use int."
        },
        Options = [ScaleOption.WholeStep, ScaleOption.WholeFactor],
    };

    private readonly long _step = 1;
    private readonly long? _factor;
    private readonly long _count;
    private readonly LogCells _cells;

    /// <summary>Makes a log scale of whole numbers.</summary>
    /// <param name="low">The least value; at least 1.</param>
    /// <param name="high">The greatest value, included; at most 10¹².</param>
    /// <exception cref="ArgumentOutOfRangeException">The ends are not 1 &lt;= low &lt; high &lt;= 10¹².</exception>
    public LogIntScale(long low, long high)
    {
        if (low < 1)
            throw new ArgumentOutOfRangeException(nameof(low), low,
                "A log_int range needs low >= 1, because log(0) is not finite. For values that can reach zero use int.");
        CheckRange(low, high, "log_int");
        if (high > Greatest)
            throw new ArgumentOutOfRangeException(nameof(high), high,
                "A log_int range needs high <= 1e12, beyond which neighbours cannot be told apart. For larger values use log.");
        (Low, High) = (low, high);
        _count = Cells.Steps(low, high, 1);
        _cells = new LogCells(low, 1, _count);
    }

    /// <summary>The least value.</summary>
    public long Low { get; }

    /// <summary>The greatest value, included.</summary>
    public long High { get; }

    /// <summary>The distance from one value to the next. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive, does not lead from low to high, or is at least twice
    /// low.</exception>
    public long Step
    {
        get => _step;
        init
        {
            if (_factor is not null)
                throw LogScale.StepAndFactor();
            _step = value;
            _count = Cells.Steps(Low, High, value);
            _cells = new LogCells(Low, value, _count);
        }
    }

    /// <summary>The ratio of one value to the one before; <c>null</c> (the default) for none.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The factor is not above 1, or does not lead from low to high.</exception>
    public long? Factor
    {
        get => _factor;
        init
        {
            _factor = value;
            if (value is not { } factor)
                return;
            if (_step != 1)
                throw LogScale.StepAndFactor();
            _count = LogScale.GeometricSteps(Low, High, factor);
        }
    }

    /// <inheritdoc/>
    public override long? Count => _count;

    /// <inheritdoc/>
    public override ParameterValue At(double u) => _factor is null ? Low + _cells.Of(u) * _step : Power(Cells.Of(u, _count));

    /// <inheritdoc/>
    public override double PositionOf(ParameterValue value)
    {
        if (!Contains(value))
            throw Outside(value);
        return _factor is null ? _cells.Centre(((long)value.Number - Low) / _step) : Cells.Centre(Exponent((long)value.Number), _count);
    }

    /// <inheritdoc/>
    internal override double Settle(double u) => _factor is null ? _cells.Centre(_cells.Of(u)) : Cells.Settle(u, _count);

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value)
    {
        if (!value.IsNumber || !(value.Number >= Low && value.Number <= High) || !double.IsInteger(value.Number))
            return false;
        return _factor is null ? ((long)value.Number - Low) % _step == 0 : Power(Exponent((long)value.Number)) == value.Number;
    }

    /// <inheritdoc/>
    public override string Describe() => Range("log_int", Low, High,
        _factor is { } factor
            ? FormattableString.Invariant($" factor {factor}")
            : _step > 1 ? FormattableString.Invariant($" step {_step}") : null);

    /// <inheritdoc/>
    public override string Spread => "log scale";

    /// <inheritdoc/>
    public override ScaleTicks Ticks(int most) => ScaleTicks.Log(Low, High, most);

    /// <inheritdoc/>
    /// <remarks>Four times beyond the end, or as many whole steps or factors as it takes; from 1 to 10¹².</remarks>
    public override Scale? Widened(bool high)
    {
        const int Ratio = 4;
        var end = high ? Math.Min(Greatest, High * Ratio) : Math.Max(1, Low / Ratio);
        if (_factor is { } factor)
        {
            end = high ? High : Low;
            for (var reached = 1.0; reached < Ratio && (high ? end <= Greatest / factor : end % factor == 0); reached *= factor)
                end = high ? end * factor : end / factor;
        }
        else if (_step > 1)
        {
            // Half a step is left below the lower end, which its cell needs.
            var steps = high
                ? Math.Min((Ratio * High - High + _step - 1) / _step, (Greatest - High) / _step)
                : Math.Min((Low - end) / _step, (2 * Low - _step - 1) / (2 * _step));
            end = high ? High + steps * _step : Low - steps * _step;
        }

        return end == (high ? High : Low) ? null : new LogIntScale(high ? Low : end, high ? end : High) { Step = _step, Factor = _factor };
    }

    /// <inheritdoc/>
    internal override (ScaleNotation Notation, WrittenScale Written)? Written =>
        (Notation, WrittenScale.Range(Low, High).With("step", _step == 1 ? null : _step).With("factor", _factor));

    private double Power(long cell)
    {
        var value = Low;
        for (var i = 0L; i < cell; i++)
            value *= _factor!.Value;
        return value;
    }

    private long Exponent(long value)
    {
        var exponent = 0L;
        for (var power = Low; power < value; power *= _factor!.Value)
            exponent++;
        return exponent;
    }
}
