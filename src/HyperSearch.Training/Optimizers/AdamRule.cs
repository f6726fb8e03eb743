using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Optimizers;

/// <summary>v ← β₁·v + (1 − β₁)·g; s ← β₂·s + (1 − β₂)·g²; w ← w − α·v̂/(√ŝ + ε), v̂ = v/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ).</summary>
/// <remarks>The corrections are folded into the step: α·√(1 − β₂ᵗ)/(1 − β₁ᵗ) and ε·√(1 − β₂ᵗ), which is the same update.
/// Kingma and Ba, <see href="https://arxiv.org/abs/1412.6980">Adam</see>, ICLR (2015).</remarks>
internal readonly unsafe struct AdamRule<L, T>(L rate, L beta1, L share1, L beta2, L share2, L epsilon) : IUpdateRule<AdamRule<L, T>, L, T>
    where L : struct, ILane<L, T>
    where T : unmanaged
{
    public static int Memories => 2;

    public static AdamRule<L, T> At(OptimizerSettings options, double rate, long step) => new(
        L.Constant(rate * Correction(options, step) / (1 - PortableMath.Pow(options.Beta1, step))),
        L.Constant(options.Beta1), L.Constant(1 - options.Beta1),
        L.Constant(options.Beta2), L.Constant(1 - options.Beta2),
        L.Constant(options.Epsilon * Correction(options, step)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public L Apply(L w, L g, T* first, T* second)
    {
        L v = L.MultiplyAdd(beta1, L.Load(first), share1 * g), s = L.MultiplyAdd(beta2, L.Load(second), share2 * g * g);
        L.Store(v, first);
        L.Store(s, second);
        return w - rate * v / (L.Sqrt(s) + epsilon);
    }

    private static double Correction(OptimizerSettings options, long step) => Math.Sqrt(1 - PortableMath.Pow(options.Beta2, step));
}
