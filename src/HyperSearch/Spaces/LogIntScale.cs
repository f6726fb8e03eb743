namespace HyperSearch.Spaces;

/// <summary>Whole numbers from <see cref="Low"/> to <see cref="High"/>, every decade about equally likely (<c>log_int</c>).</summary>
/// <remarks>
/// The cell of k is [k − ½, k + ½] on the log scale: at position u the value is round(exp((1 − u)·log(Low − ½) + u·log(High + ½))).
/// With a <see cref="Step"/> s the values are Low, Low + s, … with cells [k − s/2, k + s/2]; with a <see cref="Factor"/> they are Low, Low·Factor, … with equal cells.
/// </remarks>
public sealed record LogIntScale : Scale
{
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
            throw new ArgumentOutOfRangeException(nameof(low), low, "A log_int range needs low >= 1, because log(0) is not finite. For values that can reach zero use int.");
        CheckRange(low, high, "log_int");
        if (high > 1_000_000_000_000)
            throw new ArgumentOutOfRangeException(nameof(high), high, "A log_int range needs high <= 1e12, beyond which neighbours cannot be told apart. For larger values use log.");
        (Low, High) = (low, high);
        _count = Cells.Steps(low, high, 1);
        _cells = new LogCells(low, 1, _count);
    }

    /// <summary>The least value.</summary>
    public long Low { get; }

    /// <summary>The greatest value, included.</summary>
    public long High { get; }

    /// <summary>The distance from one value to the next. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive, does not lead from low to high, or is at least twice low.</exception>
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
        _factor is { } factor ? FormattableString.Invariant($" factor {factor}") : _step > 1 ? FormattableString.Invariant($" step {_step}") : null);

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
