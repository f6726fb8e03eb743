namespace HyperSearch.Spaces;

/// <summary>Numbers from <see cref="Low"/> to <see cref="High"/>, all equally likely (<c>uniform</c>); with a <see cref="Step"/>, its
/// multiples from <see cref="Low"/>.</summary>
/// <remarks>At position u the value is x = Low + u·(High − Low). With a step the n = (High − Low)/Step + 1 values have cells of width
/// 1/n.</remarks>
/// <example>
/// <code>
/// var dropout = new Parameter("keep_prob", new UniformScale(0.5, 1) { Step = 0.1 });
/// </code>
/// </example>
public sealed record UniformScale : Scale
{
    internal static readonly ScaleNotation Notation = new("uniform", "Any number between two ends, all equally likely.", ScaleForm.Range,
        written =>
        new UniformScale(written.Low, written.High) { Step = written["step"] })
    { Options = [ScaleOption.Step] };

    private readonly double? _step;
    private readonly long? _count;
    private readonly Quanta _quanta;

    /// <summary>Makes a uniform scale.</summary>
    /// <param name="low">The least value, in the parameter's unit.</param>
    /// <param name="high">The greatest value, included.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not finite, or low &gt;= high.</exception>
    public UniformScale(double low, double high)
    {
        CheckRange(low, high, "uniform");
        if (!double.IsFinite(high - low))
            throw new ArgumentOutOfRangeException(nameof(high), high, "The width of uniform, high - low, is a finite number.");
        (Low, High) = (low, high);
        _quanta = new Quanta(high - low,
            Math.BitIncrement(Math.Max(Math.Abs(low), Math.Abs(high))) - Math.Max(Math.Abs(low), Math.Abs(high)));
    }

    /// <summary>The least value.</summary>
    public double Low { get; }

    /// <summary>The greatest value, included.</summary>
    public double High { get; }

    /// <summary>The distance from one value to the next; <c>null</c> (the default) for a continuous scale.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive, or does not lead from low to high.</exception>
    public double? Step
    {
        get => _step;
        init
        {
            _step = value;
            _count = value is { } step ? Cells.Steps(Low, High, step) : null;
        }
    }

    /// <inheritdoc/>
    public override long? Count => _count;

    /// <inheritdoc/>
    public override ParameterValue At(double u) =>
        Count is { } count ? Value(Cells.Of(u, count), count) : Continuous(_quanta.Round(InUnit(u)));

    /// <inheritdoc/>
    public override double PositionOf(ParameterValue value)
    {
        if (!Contains(value))
            throw Outside(value);
        return Count is { } count
            ? Cells.Centre((long)Math.Round((value.Number - Low) / _step!.Value), count)
            : _quanta.Invert((value.Number - Low) / (High - Low), value.Number, Continuous);
    }

    /// <inheritdoc/>
    internal override double Settle(double u) => Count is { } count ? Cells.Settle(u, count) : _quanta.Round(InUnit(u));

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value)
    {
        if (!value.IsNumber || !(value.Number >= Low && value.Number <= High))
            return false;
        return Count is not { } count
            || Math.Abs(Value((long)Math.Round((value.Number - Low) / _step!.Value), count) - value.Number) <= 1e-9 * _step.Value;
    }

    /// <inheritdoc/>
    public override string Describe() =>
        Range("uniform", Low, High, _step is { } step ? FormattableString.Invariant($" step {step}") : null);

    /// <inheritdoc/>
    public override ScaleTicks Ticks(int most) =>
        ScaleTicks.Linear(Low, High, most, whole: double.IsInteger(Low) && _step is { } step && double.IsInteger(step));

    /// <inheritdoc/>
    /// <remarks>By half the range, in whole steps; not from positive numbers below 0, nor beyond 1 where the range lies in [0, 1], as that
    /// of a share does.</remarks>
    public override Scale? Widened(bool high)
    {
        var (floor, top) = (Low >= 0 ? 0 : double.MinValue, Low >= 0 && High <= 1 ? 1 : double.MaxValue);
        if (_step is { } step)
        {
            var room = Math.Floor((high ? top - High : Low - floor) / step + 1e-9);
            var more = (long)Math.Min(Math.Min(Math.Ceiling((_count!.Value - 1) / 2.0), room), Cells.Most - _count.Value);
            return more < 1 || !double.IsFinite(High - Low + more * step) ? null
                : high ? new UniformScale(Low, Cells.Multiple(Low, step, _count.Value - 1 + more)) { Step = step }
                : new UniformScale(Cells.Multiple(Low, step, -more), High) { Step = step };
        }

        var half = High / 2 - Low / 2;
        var end = high ? Math.Min(top, Brief(High + half)) : Math.Max(floor, Brief(Low - half));
        if (!(high ? end > High && double.IsFinite(end - Low) : end < Low && double.IsFinite(High - end)))
            return null;
        return high ? new UniformScale(Low, end) : new UniformScale(end, High);

        // Six digits read better, where they do not move the end by much of the range.
        double Brief(double exact) => NiceNumbers.Digits(exact, 6) is var brief && Math.Abs(brief - exact) < half / 10 ? brief : exact;
    }

    /// <inheritdoc/>
    internal override (ScaleNotation Notation, WrittenScale Written)? Written =>
        (Notation, WrittenScale.Range(Low, High).With("step", _step));

    private double Continuous(double u) => u == 1 ? High : Math.Clamp(Low + u * (High - Low), Low, High);

    private double Value(long cell, long count) => cell == count - 1 ? High : Cells.Multiple(Low, _step!.Value, cell);
}
