namespace HyperSearch.Spaces;

/// <summary>A single value: nothing is searched (a bare value in the search file).</summary>
/// <param name="Value">The value at every position.</param>
/// <example>
/// <code>
/// var activation = new Parameter("activation", new FixedScale("relu"));
/// </code>
/// </example>
public sealed record FixedScale(ParameterValue Value) : Scale
{
    internal static readonly ScaleNotation Notation = new("fixed",
        "A single value; needed only together with `when`, elsewhere write the value itself.", ScaleForm.Value, written =>
        new FixedScale(written.Values[0]));

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
    internal override (ScaleNotation Notation, WrittenScale Written)? Written => (Notation, new WrittenScale([Value]));

    /// <inheritdoc/>
    public override string Describe() => $"fixed {Value}";
}
