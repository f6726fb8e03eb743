namespace HyperSearch.Spaces;

/// <summary>Whole numbers from <see cref="Low"/> to <see cref="High"/>, all equally likely (<c>int</c>); with a <see cref="Step"/>, its
/// multiples from <see cref="Low"/>.</summary>
/// <remarks>The scale covers [Low − ½, High + ½]: n values have cells of width 1/n, so the ends are as likely as the rest.</remarks>
/// <example>
/// <code>
/// var layers = new Parameter("layers", new IntScale(1, 6));
/// </code>
/// </example>
public sealed record IntScale : Scale
{
    internal static readonly ScaleNotation Notation = new("int", "Whole numbers, ends included, all equally likely.", ScaleForm.Range,
        written =>
        new IntScale((long)written.Low, (long)written.High)
        {
            Step = (long?)written["step"]
            ?? 1
        })
    { Ends = new ScaleNumber { Whole = true }, Options = [ScaleOption.WholeStep] };

    private readonly long _step = 1;
    private readonly long _count;

    /// <summary>Makes a scale of whole numbers.</summary>
    /// <param name="low">The least value.</param>
    /// <param name="high">The greatest value, included; both ends within ±2⁵³.</param>
    /// <exception cref="ArgumentOutOfRangeException">low &gt;= high, an end is beyond ±2⁵³, or there are more than 2⁴⁵ values.</exception>
    public IntScale(long low, long high)
    {
        CheckRange(low, high, "int");
        CheckExact(low, nameof(low));
        CheckExact(high, nameof(high));
        (Low, High) = (low, high);
        _count = Cells.Steps(low, high, 1);
    }

    /// <summary>The least value.</summary>
    public long Low { get; }

    /// <summary>The greatest value, included.</summary>
    public long High { get; }

    /// <summary>The distance from one value to the next. Default 1.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The step is not positive, or does not lead from low to high.</exception>
    public long Step
    {
        get => _step;
        init
        {
            _step = value;
            _count = Cells.Steps(Low, High, value);
        }
    }

    /// <inheritdoc/>
    public override long? Count => _count;

    /// <inheritdoc/>
    public override ParameterValue At(double u) => Low + Cells.Of(u, _count) * _step;

    /// <inheritdoc/>
    public override double PositionOf(ParameterValue value) =>
        Contains(value) ? Cells.Centre(((long)value.Number - Low) / _step, _count) : throw Outside(value);

    /// <inheritdoc/>
    internal override double Settle(double u) => Cells.Settle(u, _count);

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) =>
        value.IsNumber && value.Number >= Low && value.Number <= High && double.IsInteger(value.Number)
            && ((long)value.Number - Low) % _step == 0;

    /// <inheritdoc/>
    public override string Describe() => Range("int", Low, High, _step > 1 ? FormattableString.Invariant($" step {_step}") : null);

    /// <inheritdoc/>
    public override ScaleTicks Ticks(int most) => ScaleTicks.Linear(Low, High, most, whole: true);

    /// <inheritdoc/>
    /// <remarks>By half the range, in whole steps; not from counts below 1, nor from other numbers that are not negative below 0.</remarks>
    public override Scale? Widened(bool high)
    {
        var floor = Low >= 1 ? 1 : Low >= 0 ? 0 : -(1L << 53);
        var room = (high ? (1L << 53) - High : Low - floor) / _step;
        var more = Math.Min(Math.Min(_count / 2, room), Cells.Most - _count);
        return more < 1
            ? null
            : high ? new IntScale(Low, High + more * _step) { Step = _step } : new IntScale(Low - more * _step, High) { Step = _step };
    }

    /// <inheritdoc/>
    internal override (ScaleNotation Notation, WrittenScale Written)? Written =>
        (Notation, WrittenScale.Range(Low, High).With("step", _step == 1 ? null : _step));

    internal static void CheckExact(long end, string name)
    {
        if (Math.Abs((double)end) > 1L << 53)
            throw new ArgumentOutOfRangeException(name, end, "A whole number lies within ±2^53, beyond which not every one is exact.");
    }
}
