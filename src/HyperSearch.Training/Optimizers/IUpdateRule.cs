namespace HyperSearch.Training.Optimizers;

/// <summary>How an optimizer moves a weight; a struct, so that it is inlined where gradients are made.</summary>
/// <typeparam name="TSelf">The rule.</typeparam>
/// <typeparam name="L">The lane.</typeparam>
/// <typeparam name="T">The element.</typeparam>
internal unsafe interface IUpdateRule<TSelf, L, T>
    where TSelf : struct, IUpdateRule<TSelf, L, T>
    where L : struct
    where T : unmanaged
{
    /// <summary>Numbers kept beside each weight: 0, 1 (<c>first</c>) or 2 (<c>first</c> and <c>second</c>).</summary>
    static abstract int Memories { get; }

    /// <summary>The rule for one step.</summary>
    /// <param name="options">Hyperparameters.</param>
    /// <param name="rate">α of this step, after decay.</param>
    /// <param name="step">t, from 1.</param>
    static abstract TSelf At(OptimizerSettings options, double rate, long step);

    /// <summary>The new weight; updates the memories in place.</summary>
    L Apply(L w, L g, T* first, T* second);
}
