using System.Runtime.CompilerServices;
using HyperSearch.Numerics;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Optimizers;

/// <summary>v ← β₁·v + (1 − β₁)·g; s ← β₂·s + (1 − β₂)·g²; w ← w − α·v̂/(√ŝ + ε), v̂ = v/(1 − β₁ᵗ), ŝ = s/(1 − β₂ᵗ).</summary>
/// <remarks>The corrections are folded into the step: α·√(1 − β₂ᵗ)/(1 − β₁ᵗ) and ε·√(1 − β₂ᵗ), which is the same update. The averages are moved by (1 − β)·(g − v), which is the same average in fewer multiplications.
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
