using HyperSearch.Spaces;

namespace HyperSearch.Tests.Spaces;

/// <summary>A scale as a user of the library writes one, from what is public: the squares of the whole numbers from one to
/// another.</summary>
public sealed record SquaresScale(int First, int Last) : Scale
{
    public override long? Count => Last - First + 1;

    public override string Spread => "square-root scale";

    public override ParameterValue At(double u)
    {
        if (u is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(u), u, "A position lies in [0, 1].");
        var root = Math.Min(Last, First + (int)(u * Count!.Value));
        return (double)root * root;
    }

    public override double PositionOf(ParameterValue value) => Contains(value)
        ? (Math.Sqrt(value.Number) - First + 0.5) / Count!.Value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"{Describe()} does not contain {value}.");

    public override bool Contains(ParameterValue value) =>
        value.IsNumber && value.Number >= 0 && Math.Sqrt(value.Number) is var root && double.IsInteger(root) && root >= First
            && root <= Last;

    public override string Describe() => FormattableString.Invariant($"squares [{First * First}, {Last * Last}]");

    public override ScaleTicks Ticks(int most)
    {
        var stride = Math.Max(1, (Last - First) / most);
        return new ScaleTicks([.. Enumerable.Range(First, Last - First + 1).Where(root => root % stride == 0)
            .Select(root => ((double)(root * root), FormattableString.Invariant($"{root}²")))], []);
    }

    public override Scale? Widened(bool high) =>
        high ? this with { Last = Last + 5 } : First > 0 ? this with { First = Math.Max(0, First - 5) } : null;
}

public sealed class SquaresScaleTests : ScaleContract
{
    protected override IEnumerable<Scale> Scales => [new SquaresScale(3, 20), new SquaresScale(0, 1)];
}
