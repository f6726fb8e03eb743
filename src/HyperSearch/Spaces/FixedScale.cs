namespace HyperSearch.Spaces;

/// <summary>A single value: nothing is searched (a bare value in the search file).</summary>
/// <param name="Value">The value at every position.</param>
public sealed record FixedScale(ParameterValue Value) : Scale
{
    /// <inheritdoc/>
    public override long? Count => 1;

    /// <inheritdoc/>
    public override ParameterValue At(double u)
    {
        InUnit(u);
        return Value;
    }

    /// <inheritdoc/>
    public override double PositionOf(ParameterValue value) => Contains(value) ? 0.5 : throw Outside(value);

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) => value == Value;

    /// <inheritdoc/>
    public override string Describe() => $"fixed {Value}";
}
