using HyperSearch.Spaces;

namespace HyperSearch.SampleHost;

/// <summary>A scale of one's own: x = High · u², so that small values lie closer together.</summary>
public sealed record SquareScale(double High) : Scale
{
    /// <inheritdoc/>
    public override long? Count => null;

    /// <inheritdoc/>
    public override string Spread => "square-root scale";

    /// <inheritdoc/>
    public override ParameterValue At(double u)
    {
        if (u is not (>= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(u), u, "A position lies in [0, 1].");
        var place = Math.Round(u * (1 << 20)) / (1 << 20); // so that the way back is exact
        return High * (place * place);
    }

    /// <inheritdoc/>
    public override double PositionOf(ParameterValue value) => Contains(value)
        ? Math.Round(Math.Sqrt(value.Number / High) * (1 << 20)) / (1 << 20)
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"{Describe()} does not contain {value}.");

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) => value.IsNumber && value.Number >= 0 && value.Number <= High;

    /// <inheritdoc/>
    public override string Describe() => FormattableString.Invariant($"square [0, {High}]");
}
