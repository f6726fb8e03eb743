using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Optimizers;

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
