namespace HyperSearch.Training.Graph;

/// <summary>y = f(a, b), element by element, with its slopes beside it. A function of one argument ignores b.</summary>
/// <typeparam name="L">The lane.</typeparam>
internal interface IFunction<L>
    where L : struct
{
    /// <summary>y.</summary>
    static abstract L Apply(L a, L b);

    /// <summary>dy·∂y/∂a.</summary>
    static abstract L ToFirst(L dy, L a, L b, L y);

    /// <summary>dy·∂y/∂b.</summary>
    static abstract L ToSecond(L dy, L a, L b, L y);
}
