using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Optimizers;

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
