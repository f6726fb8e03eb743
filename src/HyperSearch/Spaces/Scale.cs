namespace HyperSearch.Spaces;

/// <summary>Maps a parameter's values to and from the unit interval, so that every sampler works in [0, 1] and each parameter keeps its own
/// scale.</summary>
/// <remarks>
/// Laws, held by <c>ScaleContract</c>: <see cref="At"/> never leaves the range, reaches both ends (at 0 and 1), and is monotone for
/// numbers;
/// <c>At(PositionOf(x)) == x</c> exactly for every x that <see cref="At"/> can return, for which a continuous scale rounds positions to
/// multiples of 2⁻⁴⁵
/// (fewer where a range is narrow). Discrete scales cut [0, 1] into one cell a value. Elementary functions are portable: every machine
/// gives the same bits.
/// Immutable and thread-safe.
/// </remarks>
public abstract record Scale
{
    /// <summary>The value at a position.</summary>
    /// <param name="u">Position in [0, 1], dimensionless.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="u"/> is outside [0, 1] or NaN.</exception>
    public abstract ParameterValue At(double u);

    /// <summary>A position whose value is <paramref name="value"/>: for a discrete scale the centre of its cell.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The scale does not contain <paramref name="value"/>.</exception>
    public abstract double PositionOf(ParameterValue value);

    /// <summary>The position that stands for the value at <paramref name="u"/>: <c>PositionOf(At(u))</c>, without computing the value where
    /// a scale knows better.</summary>
    internal virtual double Settle(double u) => PositionOf(At(u));

    /// <summary>Whether <see cref="At"/> can return <paramref name="value"/>, up to rounding.</summary>
    public abstract bool Contains(ParameterValue value);

    /// <summary>How many values the scale has; <c>null</c> when it is continuous.</summary>
    public abstract long? Count { get; }

    /// <summary>Whether the values have no order, so that a step from one to the next means nothing.</summary>
    public virtual bool IsCategorical => false;

    /// <summary>The law in a few words for people, for instance <c>log [0.0001, 1]</c>.</summary>
    public abstract string Describe();

    /// <summary>How values are spread, for the label of an axis: <c>log scale</c>; empty, the default, where equal steps are equally far
    /// apart.</summary>
    public virtual string Spread => "";

    /// <summary>Ticks for an axis that is the scale. Default: evenly spaced round numbers. Not asked of categories.</summary>
    /// <param name="most">About how many texts there is room for.</param>
    /// <exception cref="InvalidOperationException">The values are not numbers.</exception>
    public virtual ScaleTicks Ticks(int most) => ScaleTicks.Linear(At(0).Number, At(1).Number, most);

    /// <summary>The scale continued beyond one end by its own law; <c>null</c>, the default, where nothing makes sense beyond it.</summary>
    /// <param name="high">Whether beyond the upper end.</param>
    /// <remarks>A scale that is returned contains every value of this one, and values beyond that end.</remarks>
    public virtual Scale? Widened(bool high) => null;

    /// <summary>How a search file writes the scale; <c>null</c> for a scale of a program's own, which no search file knows.</summary>
    internal virtual (ScaleNotation Notation, WrittenScale Written)? Written => null;

    /// <summary>Whether the values are numbers in order, so that the scale has two ends.</summary>
    internal bool IsOrdered => !IsCategorical && At(0).IsNumber && At(1).IsNumber;

    /// <summary>Where a number lies in [0, 1], also between the values of a discrete scale; the nearer end where it lies outside.</summary>
    internal double PlaceOf(double number)
    {
        if (Contains(number))
            return PositionOf(number);
        double left = 0, right = 1;
        for (var i = 0; i < 50; i++)
        {
            var middle = (left + right) / 2;
            if (At(middle).Number < number)
                left = middle;
            else
                right = middle;
        }

        return (left + right) / 2;
    }

    internal static double InUnit(double u) =>
        u is >= 0 and <= 1 ? u : throw new ArgumentOutOfRangeException(nameof(u), u, "A position lies in [0, 1].");

    private protected static void CheckRange(double low, double high, string word)
    {
        if (!double.IsFinite(low))
            throw new ArgumentOutOfRangeException(nameof(low), low, $"The lower end of {word} is a finite number.");
        if (!double.IsFinite(high))
            throw new ArgumentOutOfRangeException(nameof(high), high, $"The upper end of {word} is a finite number.");
        if (low == high)
            throw new ArgumentOutOfRangeException(nameof(high), high,
                $"The range of {word} needs low < high. For a single value write the value itself.");
        if (low > high)
            throw new ArgumentOutOfRangeException(nameof(high), high,
                FormattableString.Invariant($"The range of {word} needs low < high. Did you mean [{high}, {low}]?"));
    }

    private protected ArgumentOutOfRangeException Outside(ParameterValue value) =>
        new(nameof(value), value, $"{Describe()} does not contain {value}.");

    private protected static bool Near(double a, double b) => Math.Abs(a - b) <= 1e-9 * Math.Max(Math.Abs(a), Math.Abs(b));

    private protected static string Range(string word, double low, double high, string? suffix = null) =>
        $"{word} [{NumberText.Of(low)}, {NumberText.Of(high)}]{suffix}";
}
