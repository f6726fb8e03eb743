using System.Globalization;
using System.Numerics;

namespace HyperSearch.Spaces;

/// <summary>The powers of two from <see cref="Low"/> to <see cref="High"/>, all equally likely (<c>power_of_two</c>), for instance a
/// mini-batch size.</summary>
/// <remarks>n = log₂(High/Low) + 1 values with cells of width 1/n.</remarks>
/// <example>
/// <code>
/// var batch = new Parameter("batch_size", new PowerOfTwoScale(32, 512));
/// </code>
/// </example>
public sealed record PowerOfTwoScale : Scale
{
    private const long Greatest = 1L << 53;

    internal static readonly ScaleNotation Notation = new("power_of_two", "16, 32, 64, …: right for mini-batch sizes.", ScaleForm.Range,
        written =>
        new PowerOfTwoScale((long)written.Low, (long)written.High))
    {
        Ends = new ScaleNumber { Whole = true, Min = 1, Why = "The ends are powers of two, such as 32 and 512." },
    };

    private readonly int _first, _count;

    /// <summary>Makes a scale of powers of two.</summary>
    /// <param name="low">The least value, a power of two.</param>
    /// <param name="high">The greatest value, included, a power of two; at most 2⁵³.</param>
    /// <exception cref="ArgumentOutOfRangeException">An end is not a power of two, or low &gt;= high.</exception>
    public PowerOfTwoScale(long low, long high)
    {
        CheckPower(low, nameof(low));
        CheckPower(high, nameof(high));
        CheckRange(low, high, "power_of_two");
        (Low, High) = (low, high);
        _first = BitOperations.Log2((ulong)low);
        _count = BitOperations.Log2((ulong)high) - _first + 1;
    }

    /// <summary>The least value.</summary>
    public long Low { get; }

    /// <summary>The greatest value, included.</summary>
    public long High { get; }

    /// <inheritdoc/>
    public override long? Count => _count;

    /// <inheritdoc/>
    public override ParameterValue At(double u) => 1L << (_first + (int)Cells.Of(u, _count));

    /// <inheritdoc/>
    public override double PositionOf(ParameterValue value) =>
        Contains(value) ? Cells.Centre(BitOperations.Log2((ulong)value.Number) - _first, _count) : throw Outside(value);

    /// <inheritdoc/>
    internal override double Settle(double u) => Cells.Settle(u, _count);

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) =>
        value.IsNumber && value.Number >= Low && value.Number <= High && double.IsPow2(value.Number);

    /// <inheritdoc/>
    public override string Describe() => Range("power_of_two", Low, High);

    /// <inheritdoc/>
    public override string Spread => "log scale";

    /// <inheritdoc/>
    public override ScaleTicks Ticks(int most) => ScaleTicks.Log(Low, High, most);

    /// <inheritdoc/>
    /// <remarks>By two powers, from 1 to 2⁵³.</remarks>
    public override Scale? Widened(bool high)
    {
        var end = high ? Math.Min(Greatest, 4 * High) : Math.Max(1, Low / 4);
        return end == (high ? High : Low) ? null : high ? new PowerOfTwoScale(Low, end) : new PowerOfTwoScale(end, High);
    }

    /// <inheritdoc/>
    internal override (ScaleNotation Notation, WrittenScale Written)? Written => (Notation, WrittenScale.Range(Low, High));

    private static void CheckPower(long end, string name)
    {
        if (end is < 1 or > Greatest)
            throw new ArgumentOutOfRangeException(name, end, "The ends of power_of_two are powers of two from 1 to 2^53.");
        if (!BitOperations.IsPow2(end))
        {
            var below = 1L << BitOperations.Log2((ulong)end);
            throw new ArgumentOutOfRangeException(name, end,
                string.Create(CultureInfo.InvariantCulture,
                    $"The ends of power_of_two are powers of two: the nearest are {below} and {2 * below}. " +
                    $"For other whole numbers use log_int."));
        }
    }
}
