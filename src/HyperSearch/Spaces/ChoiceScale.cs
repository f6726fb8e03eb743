using System.Collections.Immutable;

namespace HyperSearch.Spaces;

/// <summary>One of several values without an order, all equally likely (<c>choice</c>).</summary>
/// <remarks>k values have cells of width 1/k, in the order given: at position u the value is number ⌊u·k⌋. Two scales are equal when they
/// have the same values in the same order.</remarks>
/// <example>
/// <code>
/// var optimizer = new Parameter("optimizer", new ChoiceScale("momentum", "rmsprop", "adam"));
/// </code>
/// </example>
public sealed record ChoiceScale : Scale
{
    internal static readonly ScaleNotation Notation = new("choice", "One of some values that have no order.", ScaleForm.List, written =>
        new ChoiceScale(written.Values));

    /// <summary>Makes a choice.</summary>
    /// <param name="values">The values, at least one, each once.</param>
    /// <exception cref="ArgumentException">There is no value, or one occurs twice.</exception>
    public ChoiceScale(params IEnumerable<ParameterValue> values)
    {
        ArgumentNullException.ThrowIfNull(values);
        Values = [.. values];
        if (Values.IsEmpty)
            throw new ArgumentException("A choice needs at least one value.", nameof(values));
        if (Values.GroupBy(value => value).FirstOrDefault(group => group.Count() > 1) is { } twice)
            throw new ArgumentException($"A choice names each value once, but \"{twice.Key}\" occurs {twice.Count()} times.",
                nameof(values));
    }

    /// <summary>The values, in the order given.</summary>
    public ImmutableArray<ParameterValue> Values { get; }

    /// <inheritdoc/>
    public override long? Count => Values.Length;

    /// <inheritdoc/>
    public override bool IsCategorical => true;

    /// <inheritdoc/>
    public override ParameterValue At(double u) => Values[(int)Cells.Of(u, Values.Length)];

    /// <inheritdoc/>
    public override double PositionOf(ParameterValue value) =>
        Values.IndexOf(value) is >= 0 and var index ? Cells.Centre(index, Values.Length) : throw Outside(value);

    /// <inheritdoc/>
    internal override double Settle(double u) => Cells.Settle(u, Values.Length);

    /// <inheritdoc/>
    public override bool Contains(ParameterValue value) => Values.Contains(value);

    /// <inheritdoc/>
    public override string Describe() => $"choice [{string.Join(", ", Values)}]";

    /// <inheritdoc/>
    internal override (ScaleNotation Notation, WrittenScale Written)? Written => (Notation, new WrittenScale(Values));

    /// <inheritdoc/>
    public bool Equals(ChoiceScale? other) => other is not null && Values.AsSpan().SequenceEqual(other.Values.AsSpan());

    /// <inheritdoc/>
    public override int GetHashCode() => Values.Aggregate(17, HashCode.Combine);
}
