namespace HyperSearch.Training.Layers;

/// <summary>An activation a = g(z), with its slope written in terms of a, so that z need not be kept.</summary>
/// <typeparam name="L">The lane.</typeparam>
internal interface IActivation<L>
    where L : struct
{
    /// <summary>Whether g(0) ≠ 0, so that padding columns must be cleared after use.</summary>
    static abstract bool MovesZero { get; }

    /// <summary>Whether <see cref="Apply"/> is a few instructions.</summary>
    static abstract bool IsLight { get; }

    /// <summary>a = g(z).</summary>
    static abstract L Apply(L z, L leak);

    /// <summary>The slope g′(z), from a = g(z), times a gradient.</summary>
    static abstract L TimesSlope(L gradient, L a, L leak);
}
