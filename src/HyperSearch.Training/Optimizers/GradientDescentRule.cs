using System.Runtime.CompilerServices;
using HyperSearch.Training.Numerics;

namespace HyperSearch.Training.Optimizers;

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
