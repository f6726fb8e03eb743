using System.Runtime.CompilerServices;
using HyperSearch.Numerics;
using HyperSearch.Training.Kernels;

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

/// <summary>w ← w − α·g.</summary>
internal readonly unsafe struct GradientDescentRule<L, T>(T minusRate) : IUpdateRule<GradientDescentRule<L, T>, L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static int Memories => 0;

    public static GradientDescentRule<L, T> At(OptimizerSettings options, double rate, long step) => new(L.Number(-rate));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, T* first, T* second) => L.MultiplyAdd(L.Create(minusRate), g, w);
}

/// <summary>v ← β·v + share·g; w ← w − α·v; share is 1 − β in the course's form, 1 in the classic one.</summary>
internal readonly unsafe struct MomentumRule<L, T>(T minusRate, T beta, T share) : IUpdateRule<MomentumRule<L, T>, L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static int Memories => 1;

    public static MomentumRule<L, T> At(OptimizerSettings options, double rate, long step) => new(
        L.Number(-rate), L.Number(options.Momentum), L.Number(options.Kind == OptimizerKind.Momentum ? 1 - options.Momentum : 1));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, T* first, T* second)
    {
        var v = L.MultiplyAdd(L.Create(beta), L.Load(first), L.Create(share) * g);
        L.Store(v, first);
        return L.MultiplyAdd(L.Create(minusRate), v, w);
    }
}

/// <summary>v ← β·v + g; w ← w − α·(g + β·v): the gradient as if taken one momentum step ahead.</summary>
/// <remarks>
/// Sutskever, Martens, Dahl and Hinton, <see href="https://proceedings.mlr.press/v28/sutskever13.html">On the importance of initialization
/// and momentum</see>, ICML (2013).
/// </remarks>
internal readonly unsafe struct NesterovRule<L, T>(T minusRate, T beta) : IUpdateRule<NesterovRule<L, T>, L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static int Memories => 1;

    public static NesterovRule<L, T> At(OptimizerSettings options, double rate, long step) =>
        new(L.Number(-rate), L.Number(options.Momentum));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, T* first, T* second)
    {
        var v = L.MultiplyAdd(L.Create(beta), L.Load(first), g);
        L.Store(v, first);
        return L.MultiplyAdd(L.Create(minusRate), L.MultiplyAdd(L.Create(beta), v, g), w);
    }
}

/// <summary>s ← ρ·s + (1 − ρ)·g²; w ← w − α·g/(√s + ε).</summary>
/// <remarks>Hinton, Neural Networks for Machine Learning, lecture 6 (2012); course 2, week 2.</remarks>
internal readonly unsafe struct RmsPropRule<L, T>(T rate, T decay, T share, T epsilon) : IUpdateRule<RmsPropRule<L, T>, L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static int Memories => 1;

    public static RmsPropRule<L, T> At(OptimizerSettings options, double rate, long step) => new(
        L.Number(rate), L.Number(options.RmsDecay), L.Number(1 - options.RmsDecay), L.Number(options.Epsilon));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, T* first, T* second)
    {
        var s = L.MultiplyAdd(L.Create(decay), L.Load(first), L.Create(share) * g * g);
        L.Store(s, first);
        return w - L.Create(rate) * g / (L.Sqrt(s) + L.Create(epsilon));
    }
}

/// <summary>v ← β₁·v + (1 − β₁)·g; s ← β₂·s + (1 − β₂)·g²; w ← w − α·v̂/(√ŝ + ε), v̂ = v/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ).</summary>
/// <remarks>
/// The corrections are folded into the step: α·√(1 − β₂ᵗ)/(1 − β₁ᵗ) and ε·√(1 − β₂ᵗ), which is the same update. The averages are moved by
/// (1 − β)·(g − v), which is the same average in fewer multiplications.
/// Kingma and Ba, <see href="https://arxiv.org/abs/1412.6980">Adam</see>, ICLR (2015).</remarks>
internal readonly unsafe struct AdamRule<L, T>(T rate, T share1, T share2, T epsilon) : IUpdateRule<AdamRule<L, T>, L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static int Memories => 2;

    public static AdamRule<L, T> At(OptimizerSettings options, double rate, long step) => new(
        L.Number(rate * Correction(options, step) / (1 - PortableMath.Pow(options.Beta1, step))),
        L.Number(1 - options.Beta1), L.Number(1 - options.Beta2),
        L.Number(options.Epsilon * Correction(options, step)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, T* first, T* second)
    {
        L v = L.Load(first), s = L.Load(second);
        v = L.MultiplyAdd(L.Create(share1), g - v, v);
        s = L.MultiplyAdd(L.Create(share2), g * g - s, s);
        L.Store(v, first);
        L.Store(s, second);
        return w - L.Create(rate) * v / (L.Sqrt(s) + L.Create(epsilon));
    }

    private static double Correction(OptimizerSettings options, long step) => Math.Sqrt(1 - PortableMath.Pow(options.Beta2, step));
}
