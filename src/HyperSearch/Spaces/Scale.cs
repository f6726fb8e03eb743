namespace HyperSearch.Spaces;

/// <summary>Maps a parameter's values to and from the unit interval, so that every sampler works in [0, 1] and each parameter keeps its own scale.</summary>
/// <remarks>
/// Laws, held by <c>ScaleContract</c>: <see cref="At"/> never leaves the range, reaches both ends (at 0 and 1), and is monotone for numbers;
/// <c>At(PositionOf(x)) == x</c> exactly for every x that <see cref="At"/> can return. Immutable and thread-safe.
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

    /// <summary>Whether <see cref="At"/> can return <paramref name="value"/>, up to rounding.</summary>
    public abstract bool Contains(ParameterValue value);

    /// <summary>How many values the scale has; <c>null</c> when it is continuous.</summary>
    public abstract long? Count { get; }

    /// <summary>Whether the values have no order, so that a step from one to the next means nothing.</summary>
    public virtual bool IsCategorical => false;

    /// <summary>The law in a few words for people, for instance <c>log [0.0001, 1]</c>.</summary>
    public abstract string Describe();
}
